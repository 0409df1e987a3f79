import type { Fault } from '@liquidation-heatmap/core';

/** Why a recording cannot be replayed: something the caller or the file did wrong, in one sentence. */
export class ReplayFault extends Error {
  readonly fault: Fault;

  constructor(code: string, field: string, message: string) {
    super(message);
    this.fault = { code, field, message };
  }
}
