/** What a simulated cascade costs (200 paths x 300 rows x 1,000 levels a side), what an input of the gauge costs, and how often a quiet day is flagged. */
import {
  CascadeGauge,
  SeededRandom,
  simulateCascade,
  type ContractKind,
  type DepthView,
  type FuelRow,
  type Price,
  type UnixMs,
  type Usd,
} from '@liquidation-heatmap/core';
import { cpuMs, shownSpread, spreadOf } from './spread.js';

const ROUNDS = 20;
const ROWS = 300;
const LEVELS = 1_000;

const random = new SeededRandom(1);
const side = (best: number, direction: -1 | 1): DepthView['bids'] => ({
  ticks: Float64Array.from({ length: LEVELS }, (_, level) => best + direction * level * 6),
  sizes: Float64Array.from({ length: LEVELS }, () => random.exponential(2)),
});
const book: DepthView = { tickSize: 0.1, bids: side(599_995, -1), asks: side(600_005, 1) };
const fuel = Array.from({ length: ROWS }, (_, row): FuelRow => {
  const usd = random.exponential(2e7);
  return {
    price: (60_000 * 1.001 ** -(row + 1)) as Price,
    expected: { p10: (usd * 0.3) as Usd, p50: usd as Usd, p90: (usd * 2.5) as Usd },
  };
});

for (const contract of ['linear', 'inverse'] as const satisfies readonly ContractKind[]) {
  const times: number[] = [];
  const simulate = () =>
    simulateCascade({ side: 'long', fuel, book, contract, trigger: { notional: 5e6 as Usd }, seed: 1 });
  for (let round = 0; round < ROUNDS; round++) times.push(await cpuMs(() => void simulate()));
  const result = simulate();
  const steps = result.ok ? result.value.steps : undefined;
  console.log(`simulateCascade, 200 paths x ${ROWS} rows, ${contract}: ${shownSpread(spreadOf(times), 'CPU ms', 2)}`);
  console.log(`  steps P10 ${steps?.p10}, P50 ${steps?.p50}, P90 ${steps?.p90}`);
}

const INPUTS = 100_000;
const gaugeTimes: number[] = [];
for (let round = 0; round < 5; round++) {
  const gauge = new CascadeGauge();
  let price = 60_000;
  gaugeTimes.push(
    await cpuMs(() => {
      for (let input = 0; input < INPUTS; input++) {
        const seenTime = (1.7e12 + input * 100) as UnixMs;
        price *= Math.exp(3e-5 * random.normal());
        gauge.apply({ kind: 'mark', seenTime, price: price as Price });
      }
    }),
  );
}
console.log(`CascadeGauge, ${INPUTS} marks at ten a second: ${shownSpread(spreadOf(gaugeTimes), 'CPU ms')}`);
