import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import type { DepthView, Instrument, InstrumentId, UnixMs } from '@liquidation-heatmap/core';
import { decimalText, exactDecimal, productOf } from '../src/recording/exact-decimal.js';
import { gate } from '../src/venues/gate/index.js';
import { tabledInstrument } from '../src/venues/gate/instruments.js';
import { parseInstruments } from '../src/venues/gate/parse-rest.js';
import { pathOf, recordedLines, whyAbsent } from './recordings.js';
import { bookText, replayed, type Replayed } from './replayed.js';

const FOLDER = 'venues/gate';
const NAME = 'usdt-perps-2023-05-24.ndjson.gz';
const CONTRACTS = 'contracts-usdt-2023-05-24.ndjson.gz';
const absent = whyAbsent(`${FOLDER}/${NAME}`) ?? whyAbsent(`${FOLDER}/${CONTRACTS}`);
const BUSY = 'PHB_USDT';
const BUSY_ID: InstrumentId = `gate:${BUSY}`;
/** Its snapshot is newer than everything that came in the recording. */
const QUIET = 'DIA_USDT';

type Level = readonly [price: string, contracts: string];
interface ExpectedInstrument {
  readonly restSnapshotId: number;
  readonly bufferedBeforeSnapshot: number;
  readonly applied: number;
  readonly droppedStale: number;
  readonly firstApplied: readonly [first: number, last: number] | null;
  readonly gaps: readonly unknown[];
  readonly finalU: number;
  readonly finalBook: {
    readonly bidLevels: number;
    readonly askLevels: number;
    readonly bestBid: Level;
    readonly bestAsk: Level;
    readonly topBids: readonly Level[];
    readonly topAsks: readonly Level[];
    readonly sumBidQty: string;
    readonly sumAskQty: string;
    readonly crossed: boolean;
  };
  readonly lastBookTicker: RawTicker | null;
}
interface Expected {
  readonly records: Readonly<Record<string, number>>;
  readonly instruments: Readonly<Record<string, ExpectedInstrument>>;
  readonly neverSnapshotted: readonly string[];
}
interface Line {
  readonly t: number;
  readonly k: string;
  readonly url?: string;
  readonly d?: string;
}
interface RawTicker {
  readonly u: number;
  readonly s: string;
  readonly b: string;
  readonly B: number;
  readonly a: string;
  readonly A: number;
}

const lineOf = (line: string): Line => JSON.parse(line) as Line;
const retimed = (line: string, like: string): string => JSON.stringify({ ...lineOf(line), t: lineOf(like).t });
const inLine = (t: number, frame: object): string => JSON.stringify({ t, k: 'in', d: JSON.stringify(frame) });
const nextUpdate = (t: number, ownSymbol: string, id: number): string =>
  inLine(t, {
    ...{ time: Math.floor(t / 1_000), time_ms: Math.floor(t), channel: 'futures.order_book_update', event: 'update' },
    result: { U: id, u: id, s: ownSymbol, t: Math.floor(t), a: [], b: [] },
  });

describe.skipIf(absent !== undefined)(absent ?? `recording ${NAME}`, () => {
  let lines: string[];
  let specs: readonly Instrument[];
  let expected: Expected;
  let whole: Replayed;
  const played = (some: readonly string[]): Promise<Replayed> =>
    replayed(some, undefined, { adapters: [gate], venue: 'gate', instruments: specs });
  const frameOf = (line: string): { readonly channel?: string; readonly event?: string; readonly result?: unknown } =>
    lineOf(line).k === 'in' ? (JSON.parse(lineOf(line).d!) as object) : {};
  /** Lines with updates of a contract's book. */
  const updatesOf = (ownSymbol: string): readonly number[] =>
    lines.flatMap((line, at) => {
      const { channel, event, result } = frameOf(line);
      const isUpdate = channel === 'futures.order_book_update' && event === 'update';
      return isUpdate && (result as { s: string }).s === ownSymbol ? [at] : [];
    });
  const snapshotOf = (ownSymbol: string): number => lines.findIndex((line) => line.includes(`contract=${ownSymbol}&`));
  const bookEvents = ({ events }: Replayed, id: InstrumentId) =>
    events.filter((event) => 'channel' in event && 'instrument' in event && event.instrument === id);

  beforeAll(async () => {
    lines = [];
    for await (const line of recordedLines(`${FOLDER}/${NAME}`)) lines.push(line);
    for await (const line of recordedLines(`${FOLDER}/${CONTRACTS}`)) {
      const listed = parseInstruments(JSON.parse(lineOf(line).d!));
      specs = listed.ok ? listed.value : [];
    }
    expected = (JSON.parse(readFileSync(pathOf(`${FOLDER}/EXPECTED.json`), 'utf8')) as Record<string, Expected>)[NAME]!;
    whole = await played(lines);
  });

  test('the recorded list tells steps and contract sizes, and the table agrees or is finer', () => {
    expect(specs).toHaveLength(301);
    for (const ownSymbol of ['BTC_USDT', 'ETH_USDT', 'SOL_USDT', 'XRP_USDT', 'DOGE_USDT']) {
      const listed = specs.find((spec) => spec.ownSymbol === ownSymbol)!;
      const tabled = tabledInstrument(ownSymbol)!;
      expect({ ...tabled, tickSize: listed.tickSize }, ownSymbol).toEqual(listed);
      const ratio = Number(listed.tickSize) / Number(tabled.tickSize);
      expect(ratio, ownSymbol).toBeCloseTo(Math.max(1, Math.round(ratio)), 9);
    }
    expect(tabledInstrument('BTC_USDT')).toMatchObject({ tickSize: '0.1', contractMultiplier: 0.0001 });
  });

  test('(a) every line and frame is counted, and nothing is at fault', () => {
    expect(whole.facts.records).toEqual({ ...expected.records, 'rest:order_book': expected.records['rec:rest'] });
    const unused = expected.records['futures.book_ticker:update']! + expected.records['futures.candlesticks:update']!;
    expect(whole.facts.drops).toEqual({ 'unused-stream': unused });
    expect(whole.facts.faults).toEqual([]);
    expect(Object.keys(whole.facts.symbols)).toEqual(Object.keys(expected.instruments).sort());
    expect(expected.neverSnapshotted).toEqual([]);
    for (const ownSymbol of Object.keys(expected.instruments))
      expect(gate.ownsUrl(lineOf(lines[snapshotOf(ownSymbol)]!).url!)).toBe(true);
  });

  test('(a) every book joins, applies and drops what is expected, and ends on the expected levels in coins', async () => {
    const quiet = expected.instruments[QUIET]!;
    const last = lineOf(lines.at(-1)!).t;
    // A snapshot that nothing has followed yet is not served: the next update would prove it.
    const proven = await played([...lines, nextUpdate(last, QUIET, quiet.finalU + 1)]);
    for (const [ownSymbol, figures] of Object.entries(expected.instruments)) {
      const { sizeStep } = specs.find((spec) => spec.ownSymbol === ownSymbol)!;
      const inCoins = (contracts: string): string =>
        decimalText(productOf(exactDecimal(contracts), exactDecimal(sizeStep)));
      const level = ([price, contracts]: Level): Level => [price, inCoins(contracts)];
      const book = whole.facts.symbols[ownSymbol]!.book!;
      const { firstApplied: first } = figures;
      expect(
        {
          ...{ id: book.snapshotUpdateId, buffered: book.bufferedBeforeSnapshot, gaps: book.gaps },
          ...{ applied: book.applied, dropped: book.droppedStale, first: book.firstApplied },
        },
        ownSymbol,
      ).toEqual({
        ...{ id: figures.restSnapshotId, buffered: figures.bufferedBeforeSnapshot, gaps: figures.gaps.length },
        ...{ applied: figures.applied, dropped: figures.droppedStale },
        first: first === null ? null : { first: first[0], last: first[1], previous: null },
      });
      const final = (ownSymbol === QUIET ? proven : whole).facts.symbols[ownSymbol]!.book!;
      const { sumBidQty, sumAskQty, ...rest } = figures.finalBook;
      expect(final.finalUpdateId! - (ownSymbol === QUIET ? 1 : 0), ownSymbol).toBe(figures.finalU);
      expect(final.final, ownSymbol).toEqual({
        ...rest,
        bestBid: level(rest.bestBid),
        bestAsk: level(rest.bestAsk),
        topBids: rest.topBids.map(level),
        topAsks: rest.topAsks.map(level),
        bidSizeSum: inCoins(sumBidQty),
        askSizeSum: inCoins(sumAskQty),
      });
    }
    expect(whole.facts.symbols[QUIET]!.book).toMatchObject({ state: 'awaiting-join', final: null });
  });

  test('(a) at equal ids the book has the best prices that the venue tells beside it', () => {
    const best = bestPricesById(lines.map(lineOf), specs);
    const tickers = lines
      .map(frameOf)
      .flatMap(({ channel, event, result }) =>
        channel === 'futures.book_ticker' && event === 'update' ? [result as RawTicker] : [],
      );
    const compared = tickers.flatMap(({ u, s, b, B, a, A }) => {
      const known = best.get(`${s} ${String(u)}`);
      return known === undefined ? [] : [[known, `${Number(b)} x ${String(B)}, ${Number(a)} x ${String(A)}`]];
    });
    expect(compared).toHaveLength(16);
    for (const [known, told] of compared) expect(known).toBe(told);
    for (const [ownSymbol, { lastBookTicker }] of Object.entries(expected.instruments))
      expect(tickers.findLast(({ s }) => s === ownSymbol) ?? null).toEqual(lastBookTicker);
  });

  test('(b) a missing update is a gap; the book is not served until a snapshot and the next update meet', async () => {
    const updates = updatesOf(BUSY);
    const [missing, resync] = [updates[20]!, updates[40]!];
    const cut = await played(lines.toSpliced(missing, 1));
    expect(bookEvents(cut, BUSY_ID)).toMatchObject([{ kind: 'gap', channel: 'book' }]);
    expect(cut.feed.session!.book(BUSY_ID)).toBeUndefined();
    const { url } = lineOf(lines[snapshotOf(BUSY)]!);
    const asked = cut.feed.session!.takeRequests().find(({ instrument }) => instrument === BUSY_ID);
    expect(asked).toEqual({ purpose: 'book-snapshot', instrument: BUSY_ID, generation: 2, attempt: 0, url });
    const { feed } = await played(lines.slice(0, resync + 1));
    const snapshot = bodyOf(
      feed.session!.book(BUSY_ID)!,
      specs.find(({ id }) => id === BUSY_ID)!,
      {
        id: feed.session!.bookState(BUSY_ID)!.lastSequence!,
        time: lineOf(lines[resync]!).t,
      },
    );
    const rest = JSON.stringify({ t: lineOf(lines[resync]!).t, k: 'rest', url, d: snapshot });
    const healed = await played([
      ...lines.slice(0, missing),
      ...lines.slice(missing + 1, resync + 1),
      rest,
      ...lines.slice(resync + 1),
    ]);
    expect(bookEvents(healed, BUSY_ID)).toMatchObject([{ kind: 'gap' }, { kind: 'resumed', channel: 'book' }]);
    expect(bookText(healed.feed.session!.book(BUSY_ID))).toBe(bookText(whole.feed.session!.book(BUSY_ID)));
  });

  test('(c) a doubled line changes nothing', async () => {
    const doubled = await played(lines.flatMap((line) => [line, line]));
    for (const id of specs.map((spec) => spec.id).filter((spec) => whole.feed.session!.book(spec) !== undefined)) {
      expect(bookText(doubled.feed.session!.book(id))).toBe(bookText(whole.feed.session!.book(id)));
    }
    const gaps = doubled.events.flatMap((event) => (event.kind === 'gap' ? [event.reason] : []));
    expect(gaps.filter((reason) => reason !== 'The connection was replaced')).toEqual([]);
  });

  test('(d) a cut and a reconnection are told, and the books go on where nothing was missed', async () => {
    const half = lines.length >> 1;
    const rejoined = await played([...lines.slice(0, half), retimed(lines[0]!, lines[half]!), ...lines.slice(half)]);
    expect(bookEvents(rejoined, BUSY_ID)).toMatchObject([
      { kind: 'gap', channel: 'book', reason: 'The connection was replaced' },
      { kind: 'resumed', channel: 'book' },
    ]);
    expect(bookText(rejoined.feed.session!.book(BUSY_ID))).toBe(bookText(whole.feed.session!.book(BUSY_ID)));
  });

  test('(e) a snapshot that comes before the first update ends on the same book', async () => {
    const [first, snapshot] = [updatesOf(BUSY)[0]!, snapshotOf(BUSY)];
    expect(first).toBeLessThan(snapshot + 5);
    const early = retimed(lines[snapshot]!, lines[21]!);
    const without = lines.toSpliced(snapshot, 1);
    const swapped = await played([...without.slice(0, 22), early, ...without.slice(22)]);
    expect(bookEvents(swapped, BUSY_ID)).toEqual([]);
    expect(bookText(swapped.feed.session!.book(BUSY_ID))).toBe(bookText(whole.feed.session!.book(BUSY_ID)));
  });

  test('(f) a truncated frame is told and leaves a gap; the feed lives', async () => {
    const at = updatesOf(BUSY)[30]!;
    const { d, ...rest } = lineOf(lines[at]!);
    const torn = await played(lines.with(at, JSON.stringify({ ...rest, d: d!.slice(0, 120) })));
    expect(torn.facts.faults).toMatchObject([{ code: 'not-json', field: 'frame' }]);
    expect(torn.events.filter(({ kind }) => kind === 'status')).toMatchObject([
      { state: 'amber', venue: 'gate' },
      { state: 'live' },
    ]);
    expect(bookEvents(torn, BUSY_ID)).toMatchObject([{ kind: 'gap' }]);
    const other: InstrumentId = 'gate:WOO_USDT';
    expect(bookText(torn.feed.session!.book(other))).toBe(bookText(whole.feed.session!.book(other)));
  });
});

/** Best prices and contracts of every book at every id it stood at, by contract and id. */
function bestPricesById(lines: readonly Line[], specs: readonly Instrument[]): ReadonlyMap<string, string> {
  const session = gate.createSession({ instruments: specs });
  const best = new Map<string, string>();
  for (const { t, k, url = '', d = '' } of lines) {
    if (k === 'rest') session.onRest(url, d, t as UnixMs);
    if (k === 'in') session.onText(d, t as UnixMs);
    for (const { id, ownSymbol, tickSize, contractMultiplier } of session.instruments()) {
      const view = session.book(id);
      if (view === undefined) continue;
      const at = ({ ticks, sizes }: DepthView['bids']) =>
        `${Number((ticks[0]! * Number(tickSize)).toFixed(9))} x ${Math.round(sizes[0]! / contractMultiplier!)}`;
      best.set(`${ownSymbol} ${String(session.bookState(id)!.lastSequence)}`, `${at(view.bids)}, ${at(view.asks)}`);
    }
  }
  return best;
}

/** The body of a REST snapshot with a book as it stands. */
function bodyOf(
  { bids, asks }: DepthView,
  { tickSize, contractMultiplier }: Instrument,
  { id, time }: { readonly id: number; readonly time: number },
): string {
  const levels = ({ ticks, sizes }: DepthView['bids']) =>
    Array.from(ticks, (count, i) => ({
      p: decimalText(productOf(exactDecimal(count), exactDecimal(tickSize))),
      s: Math.round(sizes[i]! / contractMultiplier!),
    }));
  return JSON.stringify({ current: time / 1_000, update: time / 1_000, id, bids: levels(bids), asks: levels(asks) });
}
