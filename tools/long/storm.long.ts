import { venueOf } from '@liquidation-heatmap/core';
import { drawFaults, type FaultEvent, type VenueName } from '@liquidation-heatmap/venue-server';
import { readVenues } from '@liquidation-heatmap/venue-server/bridge';
import type { LongTest } from './long-test.js';
import { StormWatch } from './storm-watch.js';

const VENUES: readonly VenueName[] = ['binance', 'bybit', 'okx', 'hyperliquid'];
const MINUTES = 30;
const MINUTE_MS = 60_000;
/** Without faults at the end, in which everything has to come back. */
const CALM_MS = 120_000;
const CHECK_EVERY_MS = 500;

/** Faults of the one symbol that is read; the tick size stays, since the market's own history is not rewritten. */
function stormOf(seed: number, durationMs: number): readonly FaultEvent[] {
  return drawFaults(seed, durationMs - CALM_MS, VENUES)
    .filter(({ kind }) => kind !== 'listing-change' && kind !== 'clock-skew')
    .map((fault) => ('symbol' in fault ? { ...fault, symbol: 'BTCUSDT' } : fault));
}

/** When the last fault of a venue is over, ms since the start. */
function calmFrom(faults: readonly FaultEvent[], venue: VenueName): number {
  const ends = faults
    .filter((fault) => fault.venue === venue)
    .map((fault) => fault.at + ('durationMs' in fault ? (fault.durationMs ?? 0) : 0));
  return Math.max(0, ...ends);
}

/** Faults of every kind on four venues at once, in virtual time. */
export const longTest: LongTest = {
  name: 'storm',
  law: 'whatever venues do: no crossed or wrong book is served, no trade is counted twice, every missing second is told as a gap, all come back',
  seed: 20_261_127,
  async run(context) {
    const durationMs = (context.count ?? MINUTES) * MINUTE_MS;
    const faults = stormOf(context.seed, durationMs);
    const watches = new Map(VENUES.map((venue) => [venue, new StormWatch()]));
    const state = new Map<string, { word: string; at: number }>();
    const { host, until, end } = await readVenues({
      venues: VENUES,
      faults,
      seed: context.seed,
      onEvent: ({ event, at }) => {
        if (event.kind === 'tick') return;
        if (event.kind === 'status') {
          if (event.channel === 'connection') state.set(event.venue, { word: event.state, at });
          return;
        }
        watches.get(venueOf(event.instrument) as VenueName)?.take(event);
      },
    });
    let heapAtStart = 0;
    for (let at = CHECK_EVERY_MS; at <= durationMs; at += CHECK_EVERY_MS) {
      await until(at);
      for (const [venue, watch] of watches) watch.check(host.market(venue, 'BTCUSDT'));
      if (at === 5 * MINUTE_MS) heapAtStart = process.memoryUsage().heapUsed;
      if (at % (5 * MINUTE_MS) === 0)
        context.progress(`${String(at / MINUTE_MS)} of ${String(durationMs / MINUTE_MS)} minutes`);
    }
    const figures: Record<string, number | string> = { minutes: durationMs / MINUTE_MS, faults: faults.length };
    for (const [venue, watch] of watches) {
      watch.finish(host.market(venue, 'BTCUSDT'));
      Object.assign(figures, judged(venue, watch, state.get(venue), calmFrom(faults, venue)));
    }
    await end();
    const heap = process.memoryUsage().heapUsed;
    figures['heap at 5 min and at the end, MB'] = `${(heapAtStart / 1e6).toFixed(0)} ${(heap / 1e6).toFixed(0)}`;
    return figures;
  },
};

/** Figures of one venue; throws where it broke the law or did not come back. */
function judged(
  venue: VenueName,
  { counts, isServed }: StormWatch,
  last: { readonly word: string; readonly at: number } | undefined,
  calmMs: number,
): Readonly<Record<string, number>> {
  const broken = counts.crossed + counts.wrong + counts.doubled + counts.unexplained;
  if (broken > 0) throw new Error(`${venue} broke the law: ${JSON.stringify(counts)}`);
  if (last?.word !== 'live' || !isServed) throw new Error(`${venue} did not come back: ${JSON.stringify(last)}`);
  const named = Object.entries(counts).map(([name, count]) => [`${venue} ${name}`, count] as const);
  const backAfter = Math.max(0, last.at - calmMs) / 1_000;
  return { ...Object.fromEntries(named), [`${venue} back after its last fault, s`]: Math.round(backAfter * 10) / 10 };
}
