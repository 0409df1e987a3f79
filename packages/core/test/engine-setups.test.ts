import { describe, expect, test } from 'vitest';
import {
  createEngine,
  restoreEngine,
  type Engine,
  type EngineOptions,
  type MarketEvent,
  type Setup,
  type UnixMs,
  type Verdict,
} from '../src/index.js';
import { TIERED } from './cluster-market.js';
import { firstDifference, START, withTicks } from './market.js';
import { bookAt, LARGE_BID, setupSession } from './setup-market.js';

/** A fall late enough for half an hour of ordinary flow before it, and one that comes soon. */
const LATE = 1_980;
const FALL_SOON = 330;
/** A session that ends before its fall: from 280 s on both setups of a standing cluster pass. */
const CALM = 330;
const calm = setupSession(CALM, CALM).filter(({ seenTime }) => seenTime < START + CALM * 1_000);

type Verdicts = Readonly<Record<Setup['kind'], Verdict | 'none'>>;

function verdictsOf(engine: Engine): Verdicts {
  const of = (kind: Setup['kind']) =>
    engine.setups().find((setup) => setup.kind === kind && setup.side === 'long')?.verdict ?? 'none';
  return { magnet: of('magnet'), fade: of('fade'), confluence: of('confluence') };
}

/** Applies events and a tick a second; calls back after each second. */
function follow(
  events: readonly MarketEvent[],
  end: number,
  each: (second: number, engine: Engine) => void,
  options: EngineOptions = TIERED,
): Engine {
  const engine = createEngine(options);
  for (const event of withTicks(events, end)) {
    expect(engine.apply(event)).toBeUndefined();
    if (event.kind === 'tick') each((event.seenTime - START) / 1_000, engine);
  }
  return engine;
}

/** Seconds in which a setup of the longs passed, as stretches. */
function passesOf(seconds: readonly (readonly [number, Verdicts])[], kind: Setup['kind']): readonly string[] {
  const passed = seconds.filter(([, verdicts]) => verdicts[kind] === 'pass').map(([second]) => second);
  const starts = passed.filter((second) => !passed.includes(second - 1));
  const ends = passed.filter((second) => !passed.includes(second + 1));
  return starts.map((start, i) => `${start}..${ends[i]}`);
}

function bookEvent(kind: 'gap' | 'resumed', second: number): MarketEvent {
  const time = (START + second * 1_000 + 10) as UnixMs;
  const at = { instrument: 'binance:BTCUSDT', channel: 'book', eventTime: time, seenTime: time } as const;
  return kind === 'gap' ? { kind, ...at, from: time, to: time, reason: 'sequence' } : { kind, ...at };
}

function secondsOf(events: readonly MarketEvent[], end: number): readonly (readonly [number, Verdicts])[] {
  const seconds: (readonly [number, Verdicts])[] = [];
  follow(events, end, (second, engine) => seconds.push([second, verdictsOf(engine)]));
  return seconds;
}

describe('setups of an engine that was told a market', () => {
  const late = secondsOf(setupSession(LATE, LATE + 120), LATE + 120);

  test('S48: a magnet passes while the way to the cluster is thin against the same hour of the days before', () => {
    // The book lives from 120 s before the fall; the cluster stood 10 s after its open interest had grown.
    const [first] = passesOf(late, 'magnet');
    const [from, to] = first!.split('..').map(Number) as [number, number];
    expect(from).toBeGreaterThan(LATE - 90);
    expect(from).toBeLessThan(LATE - 60);
    expect(to).toBeGreaterThanOrEqual(LATE);
  });

  test('S57: confluence passes once the large bid has stood for 60 s, and no longer than the bid', () => {
    expect(passesOf(late, 'confluence')).toEqual([`${LATE - 120 + 61}..${LATE}`]);
  });

  test('S52: a fade passes while the cascade is exhausted and the selling is ordinary again', () => {
    const passes = passesOf(late, 'fade');
    expect(passes).toHaveLength(1);
    const [from, to] = passes[0]!.split('..').map(Number) as [number, number];
    // 20 % of the peak rate is 8 s after the last print, 25 s after the fall began, and 10 s of that are asked for.
    expect(from).toBeGreaterThanOrEqual(LATE + 25 + 17);
    expect(from).toBeLessThanOrEqual(LATE + 25 + 21);
    expect(to - from).toBeGreaterThanOrEqual(55);
  });

  test('S48: nothing passes after a gap in the book until it is whole again, and orders have to stand anew', () => {
    const [gap, whole] = [300, 310];
    const refilled = bookAt(whole * 1_000 + 20, 60_000, 1, LARGE_BID);
    const lost = [bookEvent('gap', gap), refilled, bookEvent('resumed', whole)];
    const seconds = secondsOf([...calm, ...lost], CALM);
    expect(seconds[gap]![1]).toMatchObject({ magnet: 'pass', confluence: 'pass' });
    for (const [, verdicts] of seconds.slice(gap + 1, whole + 1)) {
      expect(verdicts).toMatchObject({ magnet: 'unknown', confluence: 'unknown' });
    }
    for (const [, verdicts] of seconds.slice(whole + 1)) {
      expect(verdicts).toMatchObject({ magnet: 'pass', confluence: 'fail' });
    }
  });

  test('a book that goes on where it stood is relied on again', () => {
    const [gap, on] = [300, 310];
    const cut = calm.filter(({ kind, seenTime }) => {
      const second = (seenTime - START) / 1_000;
      return kind !== 'book-delta' || second < gap || second > on;
    });
    const seconds = secondsOf([...cut, bookEvent('gap', gap), bookEvent('resumed', on)], CALM);
    expect(seconds[on]![1]).toMatchObject({ magnet: 'unknown' });
    expect(seconds[on + 1]![1]).toMatchObject({ magnet: 'pass', confluence: 'fail' });
  });

  test('a book whose best prices cross is not relied on', () => {
    const time = (START + 300_010) as UnixMs;
    const high = { ticks: Float64Array.of(610_000), sizes: Float64Array.of(1) };
    const none = { ticks: new Float64Array(0), sizes: new Float64Array(0) };
    const at = { instrument: 'binance:BTCUSDT', eventTime: time, seenTime: time } as const;
    const seconds = secondsOf([...calm, { kind: 'book-delta', ...at, bids: high, asks: none }], CALM);
    expect(seconds[300]![1]).toMatchObject({ magnet: 'pass' });
    for (const [, verdicts] of seconds.slice(301)) expect(verdicts).toMatchObject({ magnet: 'unknown' });
  });

  test('S20: silence makes the book unknown after 5 s and all data stale after 30 s', () => {
    const silence = 285;
    const engine = createEngine(TIERED);
    const reasons: string[] = [];
    for (const event of withTicks(calm, CALM)) {
      if (event.kind !== 'tick' && event.seenTime >= START + silence * 1_000) continue;
      engine.apply(event);
      const magnet = engine.setups().find(({ kind, side }) => kind === 'magnet' && side === 'long');
      const state = magnet?.conditions
        .map(({ name, value }) => `${name} ${value}`)
        .filter((text) => /^(data|book)/.test(text));
      if (event.kind === 'tick') reasons[(event.seenTime - START) / 1_000] = state?.join(', ') ?? '';
    }
    expect(reasons[silence + 4]).toBe('data fresh, book in-sync');
    expect(reasons[silence + 6]).toBe('data fresh, book stale');
    expect(reasons[silence + 29]).toBe('data fresh, book stale');
    expect(reasons[silence + 31]).toBe('data stale, book stale');
  });

  test('facts tell what is within reach, and no setup of a past that is filled in from bars', () => {
    const engine = follow(calm, CALM, () => undefined);
    const { setups } = engine.facts();
    expect(setups.map(({ kind, side }) => `${kind} ${side}`)).toEqual([
      'magnet long',
      'magnet short',
      'confluence long',
      'confluence short',
    ]);
    for (const { conditions } of setups) {
      expect(conditions.find(({ name }) => name === 'distance')!.verdict).toBe('pass');
    }
    const confluence = setups.find(({ kind, side }) => kind === 'confluence' && side === 'long')!;
    expect(confluence).toMatchObject({ resting: { side: 'bid', price: LARGE_BID[0] } });
    // Nothing was touched yet, so nothing is named: below 30 cases there is no rate.
    if (confluence.kind === 'confluence') {
      expect(confluence.outcomes.map(({ broke }) => [broke.n, broke.rate, broke.source])).toEqual(
        Array.from({ length: 3 }, () => [0, undefined, 'recorded']),
      );
    }
    expect(confluence).toMatchObject({ absorbRatio: expect.any(Number) as number });
    engine.apply({ kind: 'tick', seenTime: (START + (CALM + 300) * 1_000) as UnixMs });
    expect(engine.setups()).toEqual([]);
  });
});

const RULES = [
  { kind: 'appear', side: 'long', minPercentile: 0, cooldownMs: 0 },
  { kind: 'approach', side: 'long', distance: 0.02, minPercentile: 0 },
  { kind: 'setup', setups: ['magnet', 'confluence'], side: 'long', cooldownMs: 0 },
  { kind: 'cascade', phases: ['armed', 'running'], side: 'long' },
  { kind: 'consume', side: 'long', minPercentile: 0, cooldownMs: 0 },
  { kind: 'stale' },
];
const WATCHED: EngineOptions = { ...TIERED, alertRules: RULES };

function toldBy(engine: Engine): readonly string[] {
  return engine.alerts(0 as UnixMs).map(({ kind, seenTime, clusterId, values }) => {
    const detail = values['setup'] ?? values['phase'] ?? '';
    return [(seenTime - START) / 1_000, kind, detail, clusterId?.split('/').at(-1) ?? ''].join(' ').trim();
  });
}

describe('alerts of an engine that was told a market', () => {
  const events = setupSession(FALL_SOON, FALL_SOON + 60);
  const end = FALL_SOON + 60;

  test('a replay gives exactly this list, twice', () => {
    const first = toldBy(follow(events, end, () => undefined, WATCHED));
    expect(first).toMatchInlineSnapshot(`
      [
        "3 stale",
        "261 cascade armed",
        "261 setup magnet binance:BTCUSDT:long:1722859500000:10991",
        "261 appear  binance:BTCUSDT:long:1722859500000:10795",
        "261 appear  binance:BTCUSDT:long:1722859500000:10906",
        "261 appear  binance:BTCUSDT:long:1722859500000:10962",
        "261 appear  binance:BTCUSDT:long:1722859500000:10972",
        "261 appear  binance:BTCUSDT:long:1722859500000:10991",
        "271 setup confluence binance:BTCUSDT:long:1722859500000:10991",
        "333 cascade running",
        "343 setup magnet binance:BTCUSDT:long:1722859500000:10991",
        "345 setup magnet binance:BTCUSDT:long:1722859500000:10991",
        "347 consume  binance:BTCUSDT:long:1722859500000:10991",
        "347 setup magnet binance:BTCUSDT:long:1722859500000:10972",
      ]
    `);
    expect(toldBy(follow(events, end, () => undefined, WATCHED))).toEqual(first);
  });

  test('an engine restored in between tells the rest, and the same facts and bytes', () => {
    const whole = follow(events, end, () => undefined, WATCHED);
    for (const cut of [FALL_SOON - 61, FALL_SOON - 20, FALL_SOON + 14]) {
      const until = START + cut * 1_000 + 700;
      const engine = createEngine(WATCHED);
      const all = withTicks(events, end);
      for (const event of all.filter(({ seenTime }) => seenTime <= until)) engine.apply(event);
      const restored = restoreEngine(engine.save(), WATCHED);
      if (!restored.ok) throw new Error(restored.fault.message);
      for (const event of all.filter(({ seenTime }) => seenTime > until)) restored.value.apply(event);
      expect(restored.value.facts()).toEqual(whole.facts());
      expect(toldBy(restored.value)).toEqual(toldBy(whole));
      expect(firstDifference(restored.value.save(), whole.save())).toBeUndefined();
    }
  });

  test('facts tell the newest alerts', () => {
    const engine = follow(events, end, () => undefined, WATCHED);
    expect(engine.facts().alerts).toEqual(engine.alerts(0 as UnixMs).slice(-20));
  });

  test('a rule that breaks one is refused with its path', () => {
    expect(() => createEngine({ ...TIERED, alertRules: [{ kind: 'approach', distance: 'near' }] })).toThrow(
      'alertRules[0].distance must be above 0 and at most 0.5, was "near"',
    );
    expect(() => createEngine({ ...TIERED, outcomeSource: 'hearsay' as never })).toThrow(
      'outcomeSource must be one of recorded archive simulated, was "hearsay"',
    );
  });
});
