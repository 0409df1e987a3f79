import { describe, expect, test } from 'vitest';
import type { EngineOptions, MarketEvent } from '@liquidation-heatmap/core';
import { recordingPath } from '../recordings.js';
import { FEEDS, openMarket, venuesOf, WORLDS } from '../scorecard/open-market.js';
import { brokenLaw, type LawCase } from './engine-laws.js';
import { recordedMarket } from './recorded-events.js';

/** Three quarters of an hour: what stands before the market opens is a month old, so that books are full from the first report on. */
const DAYS = 0.03;
const RESOLUTIONS = [60_000, 300_000] as unknown as NonNullable<EngineOptions['resolutions']>;
const MOST_EVENTS = 3_000;

function caseOf(world: string, index: number): LawCase {
  const feed = FEEDS[index % FEEDS.length]!;
  const market = openMarket({ world, seed: 5, days: DAYS, feed });
  const events = [...market.events(market.endTime)];
  const options = { symbol: 'BTCUSDT', venues: venuesOf(market), resolutions: RESOLUTIONS };
  return { events, options, cut: Math.floor(events.length * (0.3 + (index % 5) / 10)) };
}

describe('S3, S7, S43: the laws hold in every world', () => {
  test.each(WORLDS.map((world, index) => [world, index] as const))('%s', (world, index) => {
    const made = caseOf(world, index);
    expect(made.events.length).toBeGreaterThan(60);
    expect(brokenLaw(made)).toBeUndefined();
  });
});

describe.each(['btcusdt-2024-08-08.ndjson.gz', 'multi-4-symbols-2021-07-22.ndjson.gz'])('recording %s', (name) => {
  const found = recordingPath(`venues/binance-usdm/${name}`);
  const why = 'skipReason' in found ? found.skipReason : 'found';
  test.skipIf('skipReason' in found)(`the laws hold on its first events (${why})`, async () => {
    if ('skipReason' in found) return;
    const { symbol, venue, events } = await recordedMarket(found.path, MOST_EVENTS);
    const options = {
      symbol,
      venues: [venue],
      alertRules: [{ kind: 'approach', minPercentile: 0 }, { kind: 'setup' }],
    };
    expect(brokenLaw({ events, options, cut: Math.floor(events.length / 2) })).toBeUndefined();
  });
});

describe('a law that is broken is told', () => {
  const made = caseOf('momentum', 0);

  test('an engine that is told something else after the cut', () => {
    const { events, options, cut } = made;
    let reads = 0;
    // A list whose marks differ each time it is read stands for an engine that is no pure function of its events.
    const shifting = events.map((event) =>
      event.kind === 'mark-bar' || event.kind === 'mark'
        ? new Proxy(event, {
            get: (target, key) => {
              const value = Reflect.get(target, key) as unknown;
              return key === 'close' || key === 'price' ? (value as number) * (1 + 1e-6 * reads++) : value;
            },
          })
        : event,
    ) as readonly MarketEvent[];
    expect(brokenLaw({ events: shifting, options, cut })).toMatch(/^an engine restored in between|^the same events/);
  });

  test('a cut that is no cut', () => {
    expect(brokenLaw({ ...made, cut: made.events.length + 1 })).toBe('the cut must lie within the events');
  });
});
