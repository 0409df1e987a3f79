import { describe, expect, test } from 'vitest';
import { ahead, calm, feed, mark, print, quietMarket, second, tick } from '../../test/gauge-session.js';
import { CascadeGauge } from './cascade-gauge.js';
import type { GaugeInput } from './gauge-options.js';
import type { CascadeTransition } from './gauge-phase.js';

const START = 1_200;
const path = (transitions: readonly CascadeTransition[]): string[] =>
  transitions.map(({ from, to, reason }) => `${from} -> ${to}: ${reason}`);

/** Ten seconds of falling (or rising) marks, 0.1 % each, with a print a second. */
function* burst(from: number, side: 'long' | 'short', begin = 60_000): Generator<GaugeInput> {
  for (let step = 0; step < 10; step++) {
    yield mark(from + step, begin * (1 + (side === 'long' ? -0.001 : 0.001) * step));
    yield print(from + step + 0.2, side);
  }
}
function* silence(from: number, seconds: number): Generator<GaugeInput> {
  for (let at = 0; at < seconds; at++) yield tick(from + at);
}
function running(): CascadeGauge {
  const gauge = new CascadeGauge();
  feed(gauge, calm());
  feed(gauge, [ahead(START, [0.01, 0])]);
  feed(gauge, burst(START, 'long'));
  expect(gauge.reading().phase).toBe('running');
  return gauge;
}

describe('S51: phases of the gauge', () => {
  test('S51: a cluster within reach arms it, prints with a move make it run, and it says since when and from where', () => {
    const gauge = new CascadeGauge();
    feed(gauge, calm());
    expect(path(feed(gauge, [ahead(START, [0.01, 0])]))).toEqual(['idle -> armed: cluster-in-reach']);
    expect(path(feed(gauge, burst(START, 'long')))).toEqual(['armed -> running: prints-and-move']);
    expect(gauge.reading()).toMatchObject({
      side: 'long',
      startedAt: second(START + 0.2),
      startPrice: 60_030,
      printed: 500_000,
      isLowerBound: false,
      remaining: { p50: 1e6 },
    });
    expect(gauge.reading().extremePrice).toBeCloseTo(60_000 * 0.991, 6);
  });

  test('S51: a run out of the blue is armed and running at the same time, never running out of idle', () => {
    const gauge = new CascadeGauge();
    feed(gauge, calm());
    expect(path(feed(gauge, burst(START, 'short')))).toEqual([
      'idle -> armed: prints-and-move',
      'armed -> running: prints-and-move',
    ]);
  });

  test('a run that throttled prints began is a lower bound from its first reading on, whatever prints follow', () => {
    const gauge = new CascadeGauge();
    feed(gauge, calm());
    for (const input of burst(START, 'long')) {
      const isFirst = input.seenTime < second(START + 1);
      const completeness = isFirst ? ('throttled' as const) : ('complete' as const);
      const [began] = feed(gauge, [input.kind === 'print' ? { ...input, completeness } : input]);
      if (began !== undefined) expect(gauge.reading().isLowerBound).toBe(true);
    }
    expect(gauge.reading()).toMatchObject({ phase: 'running', isLowerBound: true });
  });

  test('an armed gauge lets go only well out of reach, and takes the nearer side', () => {
    const gauge = new CascadeGauge();
    expect(path(feed(gauge, [ahead(0, [0.029], [0.02])]))).toEqual(['idle -> armed: cluster-in-reach']);
    expect(gauge.reading().side).toBe('short');
    expect(feed(gauge, [ahead(1, undefined, [0.036])])).toEqual([]);
    expect(path(feed(gauge, [ahead(2, [0.029], [0.038])]))).toEqual([
      'armed -> idle: cluster-out-of-reach',
      'idle -> armed: cluster-in-reach',
    ]);
    expect(gauge.reading().side).toBe('long');
  });

  test('S51: remaining energy and the slope of the print rate are read off: up during the burst, down after it', () => {
    const gauge = new CascadeGauge();
    feed(gauge, calm());
    feed(gauge, burst(START, 'long'));
    expect(gauge.reading().printRateSlope).toBeGreaterThan(0);
    feed(gauge, silence(START + 11, 15));
    expect(gauge.reading().printRateSlope).toBeLessThan(0);
    expect(gauge.reading().printRate).toBeLessThan(0.2 * gauge.reading().peakPrintRate);
  });
});

describe('S1: detection', () => {
  test.each([
    ['prints without a move', [...Array(10).keys()].map((i) => print(START + i, 'long'))],
    ['a move without prints', [...burst(START, 'long')].filter(({ kind }) => kind === 'mark')],
    ['prints of the side that gains', [...burst(START, 'long')].map((input) => ({ ...input, positionSide: 'short' }))],
    ['three prints', [...burst(START, 'long')].filter(({ kind }, index) => kind === 'mark' || index < 6)],
  ])('S1: %s is no cascade', (_name, inputs) => {
    const gauge = new CascadeGauge();
    feed(gauge, calm());
    expect(feed(gauge, inputs as GaugeInput[])).toEqual([]);
  });

  test('S1: the same prints and moves spread over minutes are no cascade', () => {
    const gauge = new CascadeGauge();
    feed(gauge, calm());
    const slow = [...burst(0, 'long')].map((input) => ({
      ...input,
      seenTime: second(START + ((input.seenTime - second(0)) / 1_000) * 12),
    }));
    expect(feed(gauge, slow as GaugeInput[])).toEqual([]);
  });

  test('S1: before the range of a minute is known nothing is detected, and the reading says so', () => {
    const gauge = new CascadeGauge();
    feed(gauge, calm(4));
    expect(feed(gauge, burst(240, 'long'))).toEqual([]);
    expect(gauge.reading().minuteRange).toBeUndefined();
  });

  test('the range of a minute is that of the marks, and minutes without any are not one long range', () => {
    const gauge = new CascadeGauge();
    feed(gauge, calm());
    expect(gauge.reading().minuteRange).toBeCloseTo(60_030 / 60_000 - 1, 9);
    // Ten minutes later at another price: the jump is nobody's range.
    feed(
      gauge,
      [...Array(180).keys()].map((i) => mark(1_800 + i, i % 2 === 0 ? 63_000 : 63_031.5)),
    );
    expect(gauge.reading().minuteRange).toBeCloseTo(0.0005, 9);
  });

  const labelled = Array.from({ length: 10 }, (_, index) => index);
  test.each(labelled)(
    'S1: simulated session %d: the cascade is flagged within 5 s of its start, and nothing before it',
    (seed) => {
      for (const completeness of ['complete', 'throttled'] as const) {
        const gauge = new CascadeGauge();
        const side = seed % 2 === 0 ? ('long' as const) : ('short' as const);
        const market = [...quietMarket(seed, 0, 3_600, seed % 3 === 0)];
        const flags = feed(gauge, market).filter(({ to }) => to === 'running');
        expect(flags).toEqual([]);
        const last = market.findLast((input) => input.kind === 'mark')?.price ?? 0;
        const sign = side === 'long' ? -1 : 1;
        const cascade = Array.from({ length: 20 }, (_, step): GaugeInput[] => [
          mark(3_600 + step, last * (1 + sign * 0.0015 * (step + 1))),
          print(3_600.1 + step, side, 2e5, completeness),
        ]).flat();
        const [run] = feed(gauge, cascade).filter(({ to }) => to === 'running');
        expect(run?.side).toBe(side);
        expect(run!.seenTime - second(3_600)).toBeLessThanOrEqual(5_000);
        expect(gauge.reading().isLowerBound).toBe(completeness === 'throttled');
      }
    },
  );
});

describe('S52: the end of a run', () => {
  test('S52: exhausted needs prints fallen off and the cluster used up', () => {
    const gauge = running();
    feed(gauge, [ahead(START + 10, [0, 0.7])]);
    const ended = feed(gauge, silence(START + 10, 25));
    expect(path(ended)).toEqual(['running -> exhausted: cluster-consumed']);
    // The last print came at 9.2 s; exp(-8 / 5) = .2, and then ten quiet seconds.
    expect(ended[0]!.seenTime - second(START)).toBeGreaterThan(17_000);
  });

  test.each([
    ['silence with a cluster used up by less', [0, 0.69] as const],
    ['silence with nothing known of the cluster', undefined],
  ])('S52: %s is not exhaustion; the run fades into done instead', (_name, cluster) => {
    const gauge = running();
    feed(gauge, [ahead(START + 10, cluster)]);
    expect(feed(gauge, silence(START + 10, 60))).toEqual([]);
    expect(path(feed(gauge, silence(START + 70, 20)))).toEqual(['running -> done: prints-faded']);
  });

  test('S52: a cluster used up while prints go on is not exhaustion', () => {
    const gauge = running();
    feed(gauge, [ahead(START + 10, [0, 1])]);
    const prints = [...Array(60).keys()].map((i) => print(START + 10 + i, 'long'));
    expect(feed(gauge, prints)).toEqual([]);
  });

  test('S52: a lost print feed is not silence: the phase stands still until it is back and quiet', () => {
    const gauge = running();
    feed(gauge, [ahead(START + 10, [0, 1]), { kind: 'print-feed', seenTime: second(START + 10), isLive: false }]);
    expect(feed(gauge, silence(START + 10, 300))).toEqual([]);
    expect(gauge.reading()).toMatchObject({ hasPrints: false, isLowerBound: true });
    feed(gauge, [{ kind: 'print-feed', seenTime: second(START + 310), isLive: true }]);
    expect(feed(gauge, silence(START + 310, 10))).toEqual([]);
    expect(path(feed(gauge, silence(START + 320, 2)))).toEqual(['running -> exhausted: cluster-consumed']);
  });

  test('an exhausted run flares up again, is done when settled, and rests before it is idle', () => {
    const gauge = running();
    feed(gauge, [ahead(START + 10, [0.2, 0.9])]);
    feed(gauge, silence(START + 10, 25));
    expect(path(feed(gauge, [print(START + 36, 'long', 400_000)]))).toEqual(['exhausted -> running: flared-up']);
    expect(path(feed(gauge, silence(START + 37, 200)))).toEqual([
      'running -> exhausted: cluster-consumed',
      'exhausted -> done: settled',
      'done -> idle: rested',
    ]);
  });

  test('when the other side runs the first run is done at once and the new one begins, by legal steps', () => {
    const gauge = running();
    const turned = feed(gauge, burst(START + 20, 'short', 59_400));
    expect(path(turned)).toEqual([
      'running -> done: other-side',
      'done -> idle: prints-and-move',
      'idle -> armed: prints-and-move',
      'armed -> running: prints-and-move',
    ]);
    expect(new Set(turned.map(({ seenTime }) => seenTime)).size).toBe(1);
    expect(gauge.reading()).toMatchObject({ side: 'short', phase: 'running' });
    expect(gauge.reading().printed).toBeLessThanOrEqual(500_000);
  });
});

describe('input that cannot be', () => {
  test.each([
    ['time that falls', tick(START - 1), 'tick.seenTime'],
    ['a price of 0', mark(START + 30, 0), 'mark.price'],
    ['a print without notional', print(START + 30, 'long', 0), 'print.notional'],
    ['a cluster behind the mark', ahead(START + 30, [-0.1]), 'ahead.long.distance'],
    ['more consumed than there was', ahead(START + 30, [0.1], [0.1, 1.2]), 'ahead.short.consumedShare'],
  ])('%s is a fault that changes nothing', (_name, input, field) => {
    const gauge = running();
    const before = gauge.state();
    const result = gauge.apply(input);
    expect(result.ok ? undefined : result.fault.field).toBe(field);
    expect(gauge.state()).toEqual(before);
  });

  test.each([
    [{ prints: 0 }, 'prints must be above 0'],
    [{ slowMs: 5_000 }, 'slowMs must be above fastMs'],
    [{ flareShare: 0.1 }, 'flareShare must be above lowShare'],
    [{ disarm: 0.9 }, 'disarm must be at least 1'],
  ])('options %j are a mistake of the caller', (options, rule) => {
    expect(() => new CascadeGauge(options as object)).toThrow(rule);
  });
});
