/** 30 days of 5-minute bars and open interest of one venue through the engine, and what its outputs cost afterwards. */
import {
  createEngine,
  createFrameStream,
  encodeMessage,
  type DurationMs,
  type MarketEvent,
  type UnixMs,
} from '@liquidation-heatmap/core';
import { simulatedEvents } from '@liquidation-heatmap/simulator';
import { cpuMs, shownSpread, spreadOf } from './spread.js';

const ROUNDS = 5;
const DAY_MS = 86_400_000;
const DAYS = 30;

const options = { seed: 'bench', symbol: 'BTCUSDT', startTime: Date.UTC(2024, 0, 31) as UnixMs };
const events: readonly MarketEvent[] = [
  ...simulatedEvents(options, { historyMs: DAYS * DAY_MS, stepMs: 60_000, liveMs: 1_000 }),
];
const bars = events.filter(({ kind }) => kind === 'bar').length;

const newEngine = () =>
  createEngine({ symbol: 'BTCUSDT', venues: ['simulated'], resolutions: [300_000 as DurationMs], columnsKept: 8_640 });

const backfill: number[] = [];
let engine = newEngine();
for (let round = 0; round < ROUNDS; round++) {
  engine = newEngine();
  backfill.push(await cpuMs(() => events.forEach((event) => engine.apply(event))));
}
const repeat = async (act: () => void): Promise<readonly number[]> => {
  const values: number[] = [];
  for (let round = 0; round < 4 * ROUNDS; round++) values.push(await cpuMs(act));
  return values;
};
console.log(`backfill, ${DAYS} days x 5 min (${bars} bars): ${shownSpread(spreadOf(backfill), 'CPU ms')}`);
console.log(`  a bar: ${(spreadOf(backfill).median / bars).toFixed(3)} CPU ms`);
console.log(`present (NowView): ${shownSpread(spreadOf(await repeat(() => engine.now())), 'CPU ms', 2)}`);
const stream = createFrameStream(engine);
console.log(
  `snapshot to bytes: ${shownSpread(spreadOf(await repeat(() => encodeMessage(stream.snapshot()))), 'CPU ms')}`,
);
console.log(
  `checkpoint: ${shownSpread(spreadOf(await repeat(() => engine.save())), 'CPU ms')}, ${engine.save().length} bytes`,
);
