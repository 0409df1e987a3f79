import { expect, test } from 'vitest';
import type { ClusterOutcome } from '../model/cluster.js';
import type { CascadeOutcome } from '../model/setup.js';
import type { DurationMs, Fraction, Price, UnixMs, Usd } from '../model/units.js';
import { retracementRates } from './retracement.js';
import { TOUCH_HORIZONS_MS, touchRates } from './touch-rates.js';

const FIVE_MINUTES = TOUCH_HORIZONS_MS[0];

function outcomeWith(move: number | undefined, touchedAt: number | undefined = 1): ClusterOutcome {
  return {
    id: 'one',
    side: 'long',
    low: 90 as Price,
    high: 91 as Price,
    bornAt: 0 as UnixMs,
    endedAt: 2 as UnixMs,
    end: 'consume',
    mergedInto: undefined,
    touchMark: undefined,
    peakEnergy: 1 as Usd,
    touchedAt: touchedAt as UnixMs | undefined,
    consumedShare: 1 as Fraction,
    ledger: { born: 0 as Usd, opened: 0 as Usd, swept: 0 as Usd, printed: 0 as Usd, closed: 0 as Usd, faded: 0 as Usd },
    moves: [{ afterMs: FIVE_MINUTES as DurationMs, move }],
  };
}

test('S35: on or back by a quarter of the true range is a break or a bounce, less is neither', () => {
  const moves = [...Array<number>(18).fill(0.01), ...Array<number>(9).fill(-0.01), ...Array<number>(9).fill(0.009)];
  const rates = touchRates(
    moves.map((move) => outcomeWith(move)),
    FIVE_MINUTES,
    () => 0.04,
    'recorded',
  );
  expect(rates).toMatchObject({ afterMs: FIVE_MINUTES, broke: { n: 36, rate: 0.5 }, bounced: { n: 36, rate: 0.25 } });
});

test('S35: outcomes without a touch, a known move or a known range do not count', () => {
  const outcomes = [
    { ...outcomeWith(1), touchedAt: undefined },
    outcomeWith(undefined),
    outcomeWith(NaN),
    outcomeWith(1),
  ];
  expect(touchRates(outcomes, FIVE_MINUTES, () => 0.04, 'archive').broke).toMatchObject({ n: 1, source: 'archive' });
  expect(touchRates(outcomes, FIVE_MINUTES, () => undefined, 'archive').broke.n).toBe(0);
  expect(touchRates(outcomes, FIVE_MINUTES, () => 0, 'archive').broke.n).toBe(0);
  expect(touchRates(outcomes, FIVE_MINUTES + 1, () => 0.04, 'archive').broke.n).toBe(0);
});

function cascadeBack(share: number | undefined, side: 'long' | 'short' = 'long'): CascadeOutcome {
  const extremePrice = side === 'long' ? 95 : 105;
  const price = share === undefined ? undefined : extremePrice * (100 / extremePrice) ** share;
  return {
    side,
    startedAt: 0 as UnixMs,
    startPrice: 100 as Price,
    extremePrice: extremePrice as Price,
    after: [{ afterMs: FIVE_MINUTES as DurationMs, price: price as Price | undefined }],
  };
}

test('S56: the distribution of retracements is median and quartiles of recorded cascades, of both sides alike', () => {
  const archive = Array.from({ length: 41 }, (_, i) => cascadeBack((i - 10) / 20, i % 2 === 0 ? 'long' : 'short'));
  const rates = retracementRates([...archive, cascadeBack(undefined)], FIVE_MINUTES, 'recorded');
  expect(rates).toMatchObject({ n: 41, source: 'recorded' });
  expect(rates.median).toBeCloseTo(0.5, 12);
  expect(rates.quartileLow).toBeCloseTo(0, 12);
  expect(rates.quartileHigh).toBeCloseTo(1, 12);
});

test('S56: below 30 cascades only their number is told, and a run without a move is none', () => {
  const archive = Array.from({ length: 29 }, () => cascadeBack(0.5));
  const flat = { ...cascadeBack(0.5), extremePrice: 100 as Price };
  expect(retracementRates([...archive, flat], FIVE_MINUTES, 'recorded')).toEqual({
    afterMs: FIVE_MINUTES,
    n: 29,
    median: undefined,
    quartileLow: undefined,
    quartileHigh: undefined,
    source: 'recorded',
  });
});
