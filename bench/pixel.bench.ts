/**
 * From the time a venue stamps on an event to the first animation frame that shows it: the demo live from a venue server on this
 * machine (three venues of BTCUSDT), at normal load and in a burst of 2,500 frames a second of the reference venue. The events are
 * trades at prices of their own, and a picture contains one when the tag of the last price says so and its pixels changed. `painted` is
 * the end of the main thread's part of that frame; reading the pixels back waits for the GPU too, which is a software one here.
 * Reading holds the main thread up, so tasks are judged in a window without it: by the page itself and by a trace.
 */
import { loadavg } from 'node:os';
import { startVenueServer } from '@liquidation-heatmap/venue-server';
import { followSteps, type StepTimes } from './pixel/delays.js';
import { tracePage, type TracedThread } from './pixel/main-thread.js';
import { openChart, type Notes, type OpenChart } from './pixel/open-chart.js';
import { machineNow, startPriceSteps, type PriceSteps } from './pixel/price-steps.js';

/** `PIXEL_SECONDS=60 PIXEL_DATA=full npm run bench pixel`: length of a window, and the element's `data`. */
const seconds = Number(process.env['PIXEL_SECONDS'] ?? 30);
const data = process.env['PIXEL_DATA'] ?? 'auto';
const WINDOW_MS = seconds * 1_000;
const TRACE_MS = 15_000;
/** Everything stamped in a window has been painted by then, or is told as lost. */
const TAIL_MS = 4_000;
/** The page has to be live and the normal load over by then, ms after the server's start. */
const LOAD_MS = 2 * (WINDOW_MS + TAIL_MS) + TRACE_MS + 10_000;
const BURST_AT_MS = 50_000 + LOAD_MS;
/** Following the steps of a burst takes a while of its own. */
const BURST_MS = LOAD_MS + 60_000;
const BURST = { venue: 'binance', kind: 'burst', symbol: 'BTCUSDT', framesPerSecond: 2_500 } as const;

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Ways between two places that a step passes, in their order. */
const WAYS: readonly (readonly [label: string, from: keyof StepTimes, to: keyof StepTimes])[] = [
  ['venue stamp -> painted', 'stamped', 'painted'],
  ['venue stamp -> pixels read back', 'stamped', 'read'],
  ['  stamp -> sent by the server', 'stamped', 'sent'],
  ['  sent -> received in worker', 'sent', 'received'],
  ['  received -> tick (cadence)', 'received', 'tick'],
  ['  tick -> frame posted', 'tick', 'posted'],
  ['  posted -> taken by page', 'posted', 'taken'],
  ['  taken -> painted', 'taken', 'painted'],
  ['  painted -> pixels read back', 'painted', 'read'],
];

function quantile(ascending: readonly number[], share: number): number {
  return ascending[Math.min(ascending.length - 1, Math.floor(share * ascending.length))] ?? Number.NaN;
}

function printWay(label: string, values: readonly number[]): void {
  const ascending = [...values].sort((a, b) => a - b);
  const [p50, p95, most] = [quantile(ascending, 0.5), quantile(ascending, 0.95), ascending.at(-1) ?? Number.NaN].map(
    (ms) => ms.toFixed(0).padStart(6),
  );
  console.log(`  ${label.padEnd(32)} p50 ${p50} ms   p95 ${p95} ms   max ${most} ms`);
}

function printTasks(label: string, { page }: Notes, from: number, to: number): void {
  const inside = page.tasks.filter(({ at }) => at >= from && at < to);
  const long = inside.filter(({ kind }) => kind === 'longtask').map(({ durationMs }) => durationMs);
  const most = long.length === 0 ? 'none' : `longest ${Math.max(...long).toFixed(0)} ms`;
  console.log(`  ${label}: long tasks (50 ms and more) ${String(long.length)}, ${most}`);
  for (const { durationMs, scripts } of inside.filter((task) => task.scripts.length > 0).slice(0, 5))
    console.log(`    animation frame of ${durationMs.toFixed(0)} ms: ${scripts.join('; ')}`);
}

function printThread(label: string, { tasks, busyShare, cpuShare, longest, functions }: TracedThread): void {
  console.log(
    `  ${label}: ${String(tasks)} tasks, busy ${(100 * busyShare).toFixed(1)} %, CPU ${(100 * cpuShare).toFixed(1)} %; % of the time: ${functions.join(', ')}`,
  );
  for (const { durationMs, cpuMs, parts, functions } of longest)
    console.log(
      `    ${durationMs.toFixed(1)} ms (CPU ${cpuMs.toFixed(1)}): ${parts.join(', ')}; functions ${functions.join(', ')}`,
    );
}

/** Waits for the window and for what was stamped at its end to be painted. */
async function windowOf(chart: OpenChart, readsPixels: boolean): Promise<{ from: number; to: number; notes: Notes }> {
  await chart.takeNotes(readsPixels);
  const from = machineNow();
  await sleep(WINDOW_MS);
  const to = machineNow();
  await sleep(TAIL_MS);
  return { from, to, notes: await chart.takeNotes(false) };
}

/** A window in which pixels are read, one in which the main thread is left alone, and a traced one. */
async function measure(label: string, chart: OpenChart, steps: PriceSteps): Promise<void> {
  const { from, to, notes } = await windowOf(chart, true);
  const { times, lost, unchanged, ambiguous } = followSteps(steps, notes, from, to);
  const rates = Object.entries(notes.worker.frames).map(
    ([host, count]) => `${host} ${((1_000 * count) / (to - from + TAIL_MS)).toFixed(0)}`,
  );
  console.log(
    `\n${label}: ${String(times.length)} price steps in ${String(seconds)} s; frames a second: ${rates.join(', ')}; machine load ${loadavg()[0]!.toFixed(1)}`,
  );
  for (const [name, before, after] of WAYS)
    printWay(
      name,
      times.map((step) => step[after] - step[before]),
    );
  console.log(
    `  steps without a pixel ${String(lost)}; tags with a new price and old pixels ${String(unchanged)}; pictures whose price could be two trades' ${String(ambiguous)}, counted as the older`,
  );
  const alone = await windowOf(chart, false);
  printTasks('without reading pixels, the page says', alone.notes, alone.from, alone.to);
  const trace = await tracePage(chart.browser, chart.page, () => sleep(TRACE_MS));
  printThread('main thread, traced', trace.main);
  printThread('worker, traced', trace.worker);
}

const started = Date.now();
const faults = [{ ...BURST, at: BURST_AT_MS, durationMs: BURST_MS }];
const server = await startVenueServer({ port: 0, seed: 'pixel', symbols: ['BTCUSDT'], faults });
const chart = await openChart(Number(new URL(server.address).port), data);
const openedAfter = Date.now() - started;
const steps = startPriceSteps(server);
try {
  printTasks(
    `data ${data}, live after ${(openedAfter / 1_000).toFixed(1)} s; the page says of its start`,
    await chart.takeNotes(true),
    0,
    Infinity,
  );
  await measure('normal load', chart, steps);
  const wait = started + BURST_AT_MS + 3_000 - Date.now();
  if (wait < 0) throw new Error('The burst must begin after the normal load; the machine is too slow');
  await sleep(wait);
  await measure('burst of 2,500 frames a second', chart, steps);
} finally {
  steps.stop();
  await chart.close();
  await server.close();
}
