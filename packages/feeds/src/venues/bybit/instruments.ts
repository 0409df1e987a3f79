import type { Instrument, UnixMs } from '@liquidation-heatmap/core';

/** Price and size steps of a contract. */
interface Steps {
  readonly tickSize: string;
  readonly sizeStep: string;
  readonly evidence: string;
}

/**
 * Steps of contracts known without asking the venue; `instruments-info` wins wherever it was fetched. A tick size that is too fine reads
 * every price, so where no recording shows the step, the finest plausible one stands here.
 */
const STEPS: Readonly<Record<string, Steps>> = {
  BTCUSDT: { tickSize: '0.10', sizeStep: '0.001', evidence: 'ticker frames of 2026-08 and 2026-10' },
  ETHUSDT: { tickSize: '0.01', sizeStep: '0.01', evidence: 'general knowledge, not verified' },
  SOLUSDT: { tickSize: '0.001', sizeStep: '0.1', evidence: 'general knowledge, not verified' },
  XRPUSDT: { tickSize: '0.0001', sizeStep: '1', evidence: 'every price of the recording of 2024-12-01' },
  DOGEUSDT: { tickSize: '0.00001', sizeStep: '1', evidence: 'general knowledge, not verified' },
};

/** The contract of a symbol as the table has it; undefined when the table does not know the symbol. Steps have no days here yet. */
export function tabledInstrument(ownSymbol: string, _time: UnixMs): Instrument | undefined {
  const steps = Object.hasOwn(STEPS, ownSymbol) ? STEPS[ownSymbol] : undefined;
  if (steps === undefined) return undefined;
  return {
    id: `bybit:${ownSymbol}`,
    venue: 'bybit',
    ownSymbol,
    symbol: ownSymbol,
    kind: 'linear',
    tickSize: steps.tickSize,
    sizeStep: steps.sizeStep,
    contractMultiplier: 1,
  };
}
