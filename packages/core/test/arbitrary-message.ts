import fc from 'fast-check';
import type {
  BandVectors,
  Column,
  ColumnHead,
  FrameFacts,
  FrameMessage,
  InstrumentTotals,
  NowView,
  PlaneDelta,
  SourceStatus,
  Tile,
} from '../src/index.js';
import { VENUE_IDS } from '../src/model/venue.js';
import { arbitraryAlert, arbitrarySetup } from './arbitrary-setup.js';

const ROWS = 640;
const venue = fc.constantFrom(...VENUE_IDS, 'simulated' as const);
const text = fc.string({ unit: 'binary', maxLength: 12 });
const instrument = fc.tuple(venue, text).map(([id, own]) => `${id}:${own}` as const);
const time = fc.double({ min: 0, max: 4e12, noNaN: true });
const price = fc.oneof(
  fc.double(),
  fc.constant(Number.NaN),
  fc
    .tuple(fc.integer({ min: 1, max: 10_000_000 }), fc.integer({ min: 0, max: 4 }))
    .map(([digits, decimals]) => digits / 10 ** decimals),
);
const resolution = fc.oneof(
  fc.constantFrom(1_000, 5_000, 60_000, 300_000, 900_000, 3_600_000, 14_400_000),
  fc.double({ min: 1, max: 1e12, noNaN: true }),
);
const window = fc.record({
  originRow: fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }),
  floor: fc.float({ noNaN: true, noDefaultInfinity: true }),
  step: fc.float({ noNaN: true, noDefaultInfinity: true }),
});

const head = fc.record({
  endTime: time,
  isOpen: fc.boolean(),
  open: price,
  high: price,
  low: price,
  close: price,
  mark: price,
  inputs: fc.integer({ min: 0, max: 255 }),
  venues: fc.maxSafeNat(),
  completeness: fc.double({ min: 0, max: 1, noNaN: true }),
});

/** Codes that are mostly empty, as real columns are. */
const plane = fc.array(fc.tuple(fc.nat(ROWS - 1), fc.nat(255)), { maxLength: 20 }).map((cells) => {
  const codes = new Uint8Array(ROWS);
  for (const [row, code] of cells) codes[row] = code;
  return codes;
});

const delta = fc
  .uniqueArray(fc.nat(ROWS - 1), { maxLength: 30 })
  .chain((rows) =>
    fc
      .uint8Array({ minLength: rows.length, maxLength: rows.length })
      .map((codes): PlaneDelta => ({ rows: Uint16Array.from(rows).sort(), codes: Uint8Array.from(codes) })),
  );

const vector = fc.array(fc.tuple(fc.nat(ROWS - 1), fc.double()), { maxLength: 8 }).map((cells) => {
  const values = new Float64Array(ROWS);
  for (const [row, value] of cells) values[row] = value;
  return values;
});
const bands: fc.Arbitrary<BandVectors> = fc.record({ p10: vector, p50: vector, p90: vector });
const part = <Key>(key: fc.Arbitrary<Key>) => fc.record({ part: key, long: vector, short: vector });
const sideTotals = fc.record({ shown: price, outOfReach: price, outOfWindow: price, openInterest: price });

const totals = fc.record({
  instrument,
  isRelative: fc.boolean(),
  long: sideTotals,
  short: sideTotals,
  reportedOpenInterest: fc.option(price, { nil: undefined }),
  usdPerUnit: price,
}) as unknown as fc.Arbitrary<InstrumentTotals>;

const now = fc.record({
  seenTime: time,
  originRow: fc.integer({ min: -20_000, max: 20_000 }),
  mark: price,
  lastPrice: price,
  long: bands,
  short: bands,
  expectedToFire: fc.array(fc.record({ horizonMs: time, long: vector, short: vector }), { maxLength: 3 }),
  venues: fc.array(part(venue), { maxLength: 3 }),
  classes: fc.array(part(fc.record({ from: price, to: price })), { maxLength: 3 }),
  totals: fc.array(totals, { maxLength: 3 }),
}) as unknown as fc.Arbitrary<NowView>;

const coverage = fc.record({
  instrument,
  channel: fc.constantFrom('trades', 'book', 'open-interest', 'metadata'),
  state: fc.constantFrom('connecting', 'live', 'amber', 'stale', 'unavailable', 'ended'),
  since: price,
  lastSeen: price,
  gaps: fc.nat(),
  detail: text,
});
const print = fc.record({
  eventTime: time,
  seenTime: time,
  venue,
  positionSide: fc.constantFrom('long', 'short'),
  price,
  notional: price,
});

const positive = fc.double({ min: 1e-300, noNaN: true, noDefaultInfinity: true });
const amount = fc.double({ min: 0, noNaN: true, noDefaultInfinity: true });
const share = fc.double({ min: 0, max: 1, noNaN: true });
const ascending = (of: fc.Arbitrary<number>, count: number) =>
  fc.array(of, { minLength: count, maxLength: count }).map((values) => values.sort((a, b) => a - b));
const range = ascending(amount, 3).map(([p10, p50, p90]) => ({ p10, p50, p90 }));
const side = fc.constantFrom('long', 'short');
const optional = <Value>(of: fc.Arbitrary<Value>) => fc.option(of, { nil: undefined });
const shares = <Part>(of: fc.Arbitrary<Part>) => fc.array(fc.record({ part: of, share }), { maxLength: 3 });
const cluster = ascending(positive, 5).chain(([low, quartileLow, peak, quartileHigh, high]) =>
  fc.record({
    id: text,
    side,
    low: fc.constant(low),
    high: fc.constant(high),
    peak: fc.constant(peak),
    quartileLow: fc.constant(quartileLow),
    quartileHigh: fc.constant(quartileHigh),
    energy: range,
    peakEnergy: amount,
    prominence: amount,
    isUncertain: fc.boolean(),
    bornAt: time,
    meanAgeMs: amount,
    oldestAgeMs: amount,
    venues: shares(venue),
    classes: shares(fc.record({ from: share, to: share })),
    ledger: fc.record({
      born: amount,
      opened: amount,
      swept: amount,
      printed: amount,
      closed: amount,
      faded: fc.double({ noNaN: true, noDefaultInfinity: true }),
    }),
  }),
);
const clusterChange = fc.record({
  kind: fc.constantFrom('appear', 'grow', 'move', 'dissolve', 'consume', 'approach'),
  seenTime: time,
  cluster,
});
const cascade = fc.record({
  phase: fc.constantFrom('idle', 'armed', 'running', 'exhausted', 'done'),
  side: optional(side),
  since: time,
  startedAt: optional(time),
  startPrice: optional(positive),
  extremePrice: optional(positive),
  printed: amount,
  isLowerBound: fc.boolean(),
  printRate: amount,
  peakPrintRate: amount,
  remaining: optional(range),
  printRateSlope: price,
  minuteRange: optional(share),
  displacement: share,
  consumedShare: optional(share),
  hasPrints: fc.boolean(),
});

const tableAge = fc.record({
  asOf: fc.constantFrom('2024-10-24', '2026-02-28'),
  ageDays: fc.integer({ min: -1_000, max: 5_000 }),
  isOutdated: fc.boolean(),
});
const marginTable = fc.oneof(fc.record({ instrument }), fc.record({ instrument, table: tableAge }));

const facts = fc.record({
  symbol: text,
  venues: fc.array(venue, { maxLength: 4 }),
  instruments: fc.array(instrument, { maxLength: 4 }),
  seenTime: time,
  scale: fc.constantFrom('usd', 'relative'),
  basis: fc.constantFrom('prior-only', 'learned'),
  inputs: fc.nat(255),
  coverage: fc.array(coverage, { maxLength: 3 }),
  marginTables: fc.array(marginTable, { maxLength: 3 }),
  prints: fc.array(print, { maxLength: 3 }),
  clusters: fc.array(cluster, { maxLength: 3 }),
  clustersHidden: fc.nat(),
  clusterChanges: fc.array(clusterChange, { maxLength: 3 }),
  cascade,
  setups: fc.array(arbitrarySetup, { maxLength: 3 }),
  alerts: fc.array(arbitraryAlert, { maxLength: 3 }),
  rejections: fc.dictionary(text, fc.nat(), { maxKeys: 3, noNullPrototype: true }),
  model: text,
  version: text,
  paramsHash: text,
  tickSize: text,
}) as unknown as fc.Arbitrary<FrameFacts>;

const state = fc.constantFrom('idle', 'connecting', 'live', 'amber', 'stale', 'offline', 'frozen', 'error');
const status = fc
  .record({
    state,
    origin: fc.constantFrom('live', 'recorded', 'simulated', 'relay', 'snapshot'),
    detail: text,
    dataTime: fc.option(time, { nil: undefined }),
    venues: fc.array(fc.record({ venue, state, detail: text }), { maxLength: 3 }),
    fault: fc.option(fc.record({ code: text, field: text, message: text }), { nil: undefined }),
  })
  .map(({ fault, ...rest }) =>
    fault === undefined ? rest : { ...rest, fault },
  ) as unknown as fc.Arbitrary<SourceStatus>;

const tile = fc
  .tuple(resolution, window, fc.array(fc.tuple(head, plane), { maxLength: 2 }))
  .map(([resolutionMs, scale, columns]) => {
    const cells = new Uint8Array(columns.length * ROWS * 4);
    columns.forEach(([, codes], i) => codes.forEach((code, row) => (cells[(i * ROWS + row) * 4 + (row % 4)] = code)));
    return {
      resolutionMs,
      ...scale,
      heads: columns.map(([columnHead]) => ({ ...columnHead, resolutionMs })),
      cells,
    } as unknown as Tile;
  });

const columnHead = fc
  .tuple(head, resolution)
  .map(([rest, resolutionMs]) => ({ ...rest, resolutionMs }) as unknown as ColumnHead);

/** Any whole column. */
export const arbitraryColumn = fc
  .record({ head: columnHead, window, long: plane, short: plane, spread: plane, age: plane })
  .map(({ window: scale, ...rest }) => ({ ...scale, ...rest }) as unknown as Column);

const envelope = fc.record({
  symbolIndex: fc.nat(65_535),
  sequence: fc.nat(4_294_967_295),
  epoch: fc.nat(4_294_967_295),
  time,
});

/** Any message a sender may send, of every kind. */
export const arbitraryMessage: fc.Arbitrary<FrameMessage> = envelope.chain(
  (sent) =>
    fc
      .oneof(
        fc.record({
          kind: fc.constant('snapshot'),
          tiles: fc.array(tile, { maxLength: 2 }),
          now: fc.option(now, { nil: undefined }),
          facts,
        }),
        fc.record({ kind: fc.constant('column'), column: arbitraryColumn }),
        fc.record({
          kind: fc.constant('column-delta'),
          head: columnHead,
          long: delta,
          short: delta,
          spread: delta,
          age: delta,
        }),
        fc.record({ kind: fc.constant('now'), now }),
        fc.record({ kind: fc.constant('facts'), facts }),
        fc.record({ kind: fc.constant('status'), status }),
      )
      .map((body) => ({ ...body, ...sent })) as unknown as fc.Arbitrary<FrameMessage>,
);
