import type { Fault } from '@liquidation-heatmap/core';

/** Why a scorecard cannot be made: something the caller or a file did wrong, in one sentence. */
export class ScorecardFault extends Error {
  readonly fault: Fault;

  constructor(code: string, field: string, message: string) {
    super(message);
    this.fault = { code, field, message };
  }
}
