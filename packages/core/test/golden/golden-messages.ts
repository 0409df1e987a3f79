import type { Column, ColumnHead, FrameFacts, FrameMessage, NowView, Tile } from '../../src/index.js';

const ROWS = 640;
const T = 1_723_075_200_000;

function head(index: number, isOpen: boolean, resolutionMs = 1_000): ColumnHead {
  return {
    endTime: T + index * resolutionMs,
    resolutionMs,
    isOpen,
    open: 55_133.4,
    high: 55_140,
    low: index === 2 ? Number.NaN : 55_101.25,
    close: 55_120.1,
    mark: 55_121.731_234_56,
    inputs: 23,
    venues: 5,
    completeness: index === 2 ? 0.25 : 1,
  } as ColumnHead;
}

function plane(seed: number): Uint8Array {
  return Uint8Array.from({ length: ROWS }, (_, row) => (row % 7 === 0 ? (row * seed) % 256 : 0));
}

function vector(first: number, values: readonly number[]): Float64Array {
  const vectorValues = new Float64Array(ROWS);
  vectorValues.set(values, first);
  return vectorValues;
}

const bands = {
  p10: vector(300, [1, 0, 1e6]),
  p50: vector(299, [0.1, 2, 0, 3e6]),
  p90: vector(299, [1, 4, 0, Number.NaN]),
};
const empty = { p10: new Float64Array(ROWS), p50: new Float64Array(ROWS), p90: new Float64Array(ROWS) };
const parts = { long: vector(0, [1]), short: vector(639, [-0]) };

const now = {
  seenTime: T + 2_500,
  originRow: 10_611,
  mark: 55_121.7,
  lastPrice: 55_120.1,
  long: bands,
  short: empty,
  expectedToFire: [{ horizonMs: 3_600_000, ...parts }],
  venues: [{ part: 'binance', ...parts }],
  classes: [{ part: { from: 0.003, to: 0.006 }, ...parts }],
  totals: [
    {
      instrument: 'binance:BTCUSDT',
      isRelative: false,
      long: { shown: 70_123.5, outOfReach: 9_000.25, outOfWindow: 12, openInterest: 79_135.75 },
      short: { shown: 60_000, outOfReach: 19_135.75, outOfWindow: 0, openInterest: 79_135.75 },
      reportedOpenInterest: 79_135.75,
      usdPerUnit: 55_121.7,
    },
    {
      instrument: 'binance-coinm:BTCUSD_PERP',
      isRelative: true,
      long: { shown: 1, outOfReach: 0, outOfWindow: 0, openInterest: 1 },
      short: { shown: 1, outOfReach: 0, outOfWindow: 0, openInterest: 1 },
      reportedOpenInterest: undefined,
      usdPerUnit: Number.NaN,
    },
  ],
} as unknown as NowView;

const cluster = {
  id: 'binance-coinm:BTCUSD_PERP+binance:BTCUSDT:long:1723075200000:10890',
  side: 'long',
  low: 53_344.5,
  high: 54_041.75,
  peak: 53_700.25,
  quartileLow: 53_600,
  quartileHigh: 53_800.125,
  energy: { p10: 1e5, p50: 2.5e6, p90: 7e6 },
  peakEnergy: 3.25e6,
  prominence: 2.75,
  isUncertain: true,
  bornAt: T,
  meanAgeMs: 3_600_000,
  oldestAgeMs: 7_200_000,
  venues: [
    { part: 'binance', share: 0.75 },
    { part: 'binance-coinm', share: 0.25 },
  ],
  classes: [{ part: { from: 0.025, to: 0.034 }, share: 1 }],
  ledger: { born: 3e6, opened: 250_000, swept: 500_000, printed: 400_000, closed: 300_000, faded: -50_000 },
};

const facts = {
  symbol: 'BTCUSDT',
  venues: ['binance', 'binance-coinm'],
  instruments: ['binance:BTCUSDT', 'binance-coinm:BTCUSD_PERP'],
  seenTime: T + 2_500,
  scale: 'relative',
  basis: 'prior-only',
  inputs: 23,
  coverage: [
    {
      instrument: 'binance:BTCUSDT',
      channel: 'trades',
      state: 'live',
      since: T,
      lastSeen: T + 2_400,
      gaps: 1,
      detail: '',
    },
    {
      instrument: 'binance:BTCUSDT',
      channel: 'open-interest',
      state: 'unavailable',
      since: T,
      lastSeen: Number.NaN,
      gaps: 0,
      detail: 'Not recorded — “none”',
    },
  ],
  prints: [
    {
      eventTime: T + 900,
      seenTime: T + 1_900,
      venue: 'binance',
      positionSide: 'long',
      price: 55_101.3,
      notional: 125_000.5,
    },
  ],
  clusters: [cluster],
  clustersHidden: 3,
  clusterChanges: [{ kind: 'appear', seenTime: T + 2_000, cluster }],
  cascade: {
    phase: 'running',
    side: 'long',
    since: T + 2_000,
    startedAt: T + 900,
    startPrice: 55_500.5,
    extremePrice: 55_101.25,
    printed: 125_000.5,
    isLowerBound: true,
    printRate: 25_000.125,
    peakPrintRate: 25_000.125,
    remaining: { p10: 1e5, p50: 2.5e6, p90: 7e6 },
    printRateSlope: -12.5,
    minuteRange: 0.0005,
    displacement: 0.0072,
    consumedShare: undefined,
    hasPrints: true,
  },
  setups: [
    {
      kind: 'magnet',
      seenTime: T + 2_000,
      side: 'long',
      verdict: 'unknown',
      conditions: [
        { name: 'data', value: 'fresh', relation: 'is', threshold: 'fresh', unit: 'state', verdict: 'pass' },
        {
          name: 'path-thinness',
          value: undefined,
          relation: 'below',
          threshold: 0.6,
          unit: 'ratio',
          verdict: 'unknown',
        },
      ],
      clusterId: cluster.id,
      band: { low: 54_000.25, high: 54_500.5 },
      heading: 'down',
      target: { low: 54_100, high: 54_300 },
      isMeasured: false,
      lifts: [
        {
          horizonMs: 3_600_000,
          n: 31,
          touched: { n: 31, rate: 0.5, low95: 0.35, high95: 0.65, source: 'archive' },
          nullRate: 0.4,
          lift: 1.25,
          low95: 0.9,
          high95: 1.75,
          source: 'archive',
        },
      ],
    },
    {
      kind: 'fade',
      seenTime: T + 2_000,
      side: 'long',
      verdict: 'fail',
      conditions: [
        {
          name: 'cascade-phase',
          value: 'running',
          relation: 'is',
          threshold: 'exhausted',
          unit: 'state',
          verdict: 'fail',
        },
        { name: 'flow-z', value: -1.5, relation: 'at most', threshold: 1, unit: 'standard-deviations', verdict: 'pass' },
      ],
      heading: 'up',
      invalidation: 55_101.25,
      startPrice: 55_500.5,
      retracements: [
        { afterMs: 300_000, n: 2, median: undefined, quartileLow: undefined, quartileHigh: undefined, source: 'recorded' },
      ],
    },
    {
      kind: 'confluence',
      seenTime: T + 2_000,
      side: 'short',
      verdict: 'pass',
      conditions: [
        { name: 'book', value: 'in-sync', relation: 'is', threshold: 'in-sync', unit: 'state', verdict: 'pass' },
      ],
      clusterId: 'a short one',
      band: { low: 56_000, high: 56_400 },
      resting: { side: 'ask', price: 56_100.5, notional: 2.5e6, persistedMs: 61_000 },
      absorbRatio: 0.25,
      outcomes: [
        {
          afterMs: 300_000,
          broke: { n: 4, rate: undefined, low95: 0.125, high95: 0.75, source: 'recorded' },
          bounced: { n: 4, rate: undefined, low95: 0, high95: 0.5, source: 'recorded' },
        },
      ],
    },
  ],
  alerts: [
    {
      ruleId: 'approach',
      kind: 'approach',
      seenTime: T + 1_500,
      clusterId: cluster.id,
      values: { distance: 0.0125, side: 'long' },
      deepLink: { time: T + 1_500, side: 'long', low: 54_000.25, high: 54_500.5 },
    },
    {
      ruleId: 'stale',
      kind: 'stale',
      seenTime: T + 2_000,
      clusterId: undefined,
      values: {},
      deepLink: { time: T + 2_000, side: undefined, low: undefined, high: undefined },
    },
  ],
  rejections: { 'decreasing-seen-time': 2 },
  model: 'cohorts',
  version: '0.0.0',
  paramsHash: 'a1b2c3d4',
  tickSize: '0.10',
} as unknown as FrameFacts;

const scale = { originRow: 10_611, floor: Math.fround(7.25), step: Math.fround(0.04) };
const column = {
  ...scale,
  head: head(2, false),
  long: plane(3),
  short: plane(5),
  spread: plane(0),
  age: plane(11),
} as unknown as Column;

function tile(): Tile {
  const cells = new Uint8Array(ROWS * 4);
  for (let row = 0; row < ROWS; row++)
    cells.set([column.long[row]!, column.short[row]!, 255, column.age[row]!], row * 4);
  return { resolutionMs: 1_000, ...scale, heads: [head(1, true)], cells } as unknown as Tile;
}

function sent(sequence: number) {
  return { symbolIndex: 1, sequence, epoch: 1_723_075_200, time: (T + 2_500) as FrameMessage['time'] };
}

/** One message of every kind with everything a message can hold; the newest golden file is its bytes, so it never changes. */
export const GOLDEN_MESSAGES: readonly FrameMessage[] = [
  { kind: 'snapshot', ...sent(0), tiles: [tile()], now, facts },
  { kind: 'snapshot', ...sent(1), tiles: [], now: undefined, facts },
  { kind: 'column', ...sent(2), column },
  {
    kind: 'column-delta',
    ...sent(3),
    head: head(3, true, 7_000),
    long: { rows: Uint16Array.of(0, 1, 300, 639), codes: Uint8Array.of(1, 2, 0, 255) },
    short: { rows: new Uint16Array(0), codes: new Uint8Array(0) },
    spread: { rows: new Uint16Array(0), codes: new Uint8Array(0) },
    age: { rows: Uint16Array.of(129), codes: Uint8Array.of(40) },
  },
  { kind: 'now', ...sent(4), now },
  { kind: 'facts', ...sent(5), facts },
  {
    kind: 'status',
    ...sent(6),
    status: {
      state: 'error',
      origin: 'recorded',
      detail: 'The file cannot be read',
      dataTime: undefined,
      venues: [{ venue: 'binance', state: 'stale', detail: 'stale 34 s' }],
      fault: { code: 'malformed-bytes', field: 'header.magic', message: 'The first byte must be 0xa1, was 0x0' },
    },
  },
];

/** Facts of version 1 told nothing of clusters; who reads them finds none, and a gauge by which nothing was seen. */
const untold = {
  clusters: [],
  clustersHidden: 0,
  clusterChanges: [],
  cascade: {
    phase: 'idle',
    side: undefined,
    since: 0,
    startedAt: undefined,
    startPrice: undefined,
    extremePrice: undefined,
    printed: 0,
    isLowerBound: true,
    printRate: 0,
    peakPrintRate: 0,
    remaining: undefined,
    printRateSlope: 0,
    minuteRange: undefined,
    displacement: 0,
    consumedShare: undefined,
    hasPrints: false,
  },
} as unknown as Partial<FrameFacts>;

/** Facts told nothing of setups and alerts before version 3. */
const unjudged = { setups: [], alerts: [] } as const;

/** What the golden file of a codec version decodes to. */
export function goldenMessagesOf(version: number): readonly FrameMessage[] {
  if (version > 2) return GOLDEN_MESSAGES;
  const missing: Partial<FrameFacts> = version === 1 ? { ...untold, ...unjudged } : unjudged;
  return GOLDEN_MESSAGES.map((message) =>
    'facts' in message ? { ...message, facts: { ...message.facts, ...missing } } : message,
  );
}

/** The first golden message of a kind. */
export function goldenMessage<Kind extends FrameMessage['kind']>(kind: Kind): Extract<FrameMessage, { kind: Kind }> {
  return GOLDEN_MESSAGES.find((message) => message.kind === kind) as Extract<FrameMessage, { kind: Kind }>;
}
