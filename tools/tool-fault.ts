import type { Fault } from '@liquidation-heatmap/core';

/** Something the person at the command line can put right: which argument broke which rule. */
export class ToolFault extends Error {
  readonly field: string;

  constructor(field: string, message: string) {
    super(message);
    this.field = field;
  }
}

/** Any thrown thing as one plain fault. */
export function toFault(thrown: unknown): Fault {
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return {
    code: thrown instanceof ToolFault ? 'bad-argument' : 'failed',
    field: thrown instanceof ToolFault ? thrown.field : 'INPUT',
    message,
  };
}
