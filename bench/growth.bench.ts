/** What a bar, a live second and the engine's state cost as venues, days of history and kept columns grow. */
import { createEngine, type DurationMs, type MarketEvent, type UnixMs, type VenueId } from '@liquidation-heatmap/core';
import { simulatedEvents } from '@liquidation-heatmap/simulator';
import { cpuMs, shownSpread, spreadOf } from './spread.js';

const DAY_MS = 86_400_000;
const LIVE_SECONDS = 300;
const VENUES: readonly VenueId[] = ['binance', 'bybit', 'okx', 'bitget'];
const START = Date.UTC(2024, 0, 31) as UnixMs;
const MEGABYTE = 1_000_000;

/** History of some days in bars, then some minutes of live events, as one venue tells them. */
function told(days: number): readonly MarketEvent[] {
  const options = { seed: 'growth', symbol: 'BTCUSDT', startTime: START };
  return [...simulatedEvents(options, { historyMs: days * DAY_MS, stepMs: 60_000, liveMs: LIVE_SECONDS * 1_000 })];
}

/** The same told by another venue. */
function asOf(venue: VenueId, event: MarketEvent): MarketEvent {
  if (event.kind === 'tick' || event.kind === 'status') return event;
  const instrument = `${venue}:BTCUSDT` as const;
  if (event.kind !== 'instrument') return { ...event, instrument };
  return { ...event, instrument, spec: { ...event.spec, id: instrument, venue } };
}

interface Figures {
  readonly backfillMs: number;
  readonly bars: number;
  readonly seconds: readonly number[];
  readonly bytes: number;
}

async function measure(days: number, venueCount: number, columnsKept: number): Promise<Figures> {
  const venues = VENUES.slice(0, venueCount);
  const events = told(days).flatMap((event) =>
    event.kind === 'tick' ? [event] : venues.map((venue) => asOf(venue, event)),
  );
  const isHistory = (event: MarketEvent): boolean => event.seenTime <= START;
  const engine = createEngine({
    symbol: 'BTCUSDT',
    venues,
    resolutions: [1_000, 60_000, 300_000] as readonly number[] as readonly DurationMs[],
    columnsKept,
  });
  const history = events.filter(isHistory);
  const backfillMs = await cpuMs(() => history.forEach((event) => engine.apply(event)));
  const seconds: number[] = [];
  const live = events.filter((event) => !isHistory(event));
  for (let second = 0; second < LIVE_SECONDS; second++) {
    const from = START + second * 1_000;
    const batch = live.filter(({ seenTime }) => seenTime > from && seenTime <= from + 1_000);
    seconds.push(await cpuMs(() => batch.forEach((event) => engine.apply(event))));
  }
  const bars = history.filter(({ kind }) => kind === 'bar').length / venueCount;
  return { backfillMs, bars, seconds, bytes: engine.save().length };
}

console.log('days venues columns | backfill | a bar | a live second | state');
for (const [days, venues, columns] of [
  [3, 1, 1_024],
  [10, 1, 1_024],
  [30, 1, 1_024],
  [10, 2, 1_024],
  [10, 4, 1_024],
  [10, 1, 128],
  [10, 1, 4_096],
] as const) {
  const { backfillMs, bars, seconds, bytes } = await measure(days, venues, columns);
  const cells = [
    `${String(days).padStart(4)} ${String(venues).padStart(6)} ${String(columns).padStart(7)}`,
    `${(backfillMs / 1_000).toFixed(2)} CPU s`,
    `${(backfillMs / bars).toFixed(2)} CPU ms`,
    shownSpread(spreadOf(seconds), 'CPU ms', 2),
    `${(bytes / MEGABYTE).toFixed(2)} MB, ${(bytes / MEGABYTE / venues).toFixed(2)} MB a venue`,
  ];
  console.log(cells.join(' | '));
}
