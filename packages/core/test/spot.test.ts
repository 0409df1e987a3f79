import { expect, test } from 'vitest';
import { createEngine, restoreEngine, type Engine, type MarketEvent, type Spot } from '../src/index.js';
import { eventsOf, instrumentOf, START } from './market.js';

const OPTIONS = { symbol: 'BTCUSDT', venues: ['binance'], resolutions: [60_000] } as never;
const MINUTE = 60_000;
const ID = 'binance:BTCUSDT';
const venue = eventsOf(instrumentOf('binance'));

/** Ten minutes of a contract that falls by a percent. */
function contract(): readonly MarketEvent[] {
  const events: MarketEvent[] = [venue.listed()];
  for (let ms = 0; ms < 10 * MINUTE; ms += 10_000) {
    const price = 60_000 - ms / 1_000;
    events.push(venue.mark(ms + 100, price), venue.trade(ms + 150, price, 10));
    if (ms % MINUTE === 0) events.push(venue.openInterest(ms + 200, 10_000 + ms / 1_000));
  }
  return events;
}

const spotAt = (ms: number, price: number): Spot => {
  const time = (START + ms) as Spot['seenTime'];
  return { kind: 'spot', instrument: ID, eventTime: time, seenTime: time, price: price as Spot['price'] };
};

/** Spot prices far below the contract: were it liquidated by them, all its longs would be gone. */
const spots = Array.from({ length: 60 }, (_, i) => spotAt(i * 10_000 + 120, 30_000));

function run(events: readonly MarketEvent[]): Engine {
  const engine = createEngine(OPTIONS);
  for (const event of events.toSorted((a, b) => a.seenTime - b.seenTime)) expect(engine.apply(event)).toBeUndefined();
  return engine;
}

test('S29: spot changes nothing of the estimate, which is judged by mark and last price of the contract', () => {
  const [without, beside] = [run(contract()), run([...contract(), ...spots])];
  const edges = Float64Array.from({ length: 61 }, (_, i) => 30_000 + i * 1_000);
  expect(beside.density({ edges, unit: 'usd' })).toEqual(without.density({ edges, unit: 'usd' }));
  const { coverage: seen, ...facts } = beside.frame().facts;
  const { coverage, ...others } = without.frame().facts;
  expect(JSON.stringify(facts)).toBe(JSON.stringify(others));
  expect(seen.filter(({ channel }) => channel !== 'spot')).toEqual(coverage);
});

test('the coverage says how spot stands, with its gaps', () => {
  const at = { instrument: ID, channel: 'spot', eventTime: START + 5_000, seenTime: START + 5_000 } as const;
  const gap = { kind: 'gap', ...at, from: START + 160, to: START + 5_000, reason: 'the connection was cut' };
  const engine = run([venue.listed(), spotAt(160, 30_000), gap as never]);
  const spot = () => engine.frame().facts.coverage.find(({ channel }) => channel === 'spot');
  expect(spot()).toMatchObject({ state: 'stale', gaps: 1, detail: 'the connection was cut' });
  expect(engine.apply(spotAt(6_000, 30_001))).toBeUndefined();
  expect(spot()).toMatchObject({ state: 'live', gaps: 1 });
  const restored = restoreEngine(engine.save(), OPTIONS);
  expect(restored.ok && restored.value.frame().facts.coverage).toEqual(engine.frame().facts.coverage);
});

test.each([Number.NaN, 0, -1, Number.POSITIVE_INFINITY])('a spot price of %d is a fault', (price) => {
  const engine = run([venue.listed()]);
  expect(engine.apply(spotAt(160, price))).toMatchObject({ code: 'bad-value', field: 'spot.price' });
});
