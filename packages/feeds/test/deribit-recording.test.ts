import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Instrument, InstrumentId, MarketEvent } from '@liquidation-heatmap/core';
import { deribit } from '../src/venues/deribit/index.js';
import { pathOf, recordedLines, whyAbsent } from './recordings.js';
import { bookText, replayed, type Replayed } from './replayed.js';

const FOLDER = 'venues/deribit';
const NAME = 'options-raw-books-2021-07-22.ndjson.gz';
const absent = whyAbsent(`${FOLDER}/${NAME}`);
/** The option with the most changes. */
const BUSY = 'BTC-24SEP21-8000-P';
const idOf = (ownSymbol: string): InstrumentId => `deribit:${ownSymbol}`;

interface ExpectedInstrument {
  readonly finalChangeId: number;
  readonly changeIdGaps: readonly unknown[];
  readonly finalBook: Readonly<Record<string, unknown>> & { readonly sumBidQty: string; readonly sumAskQty: string };
  readonly lastTicker: { readonly mark: string; readonly oi: string };
}

interface Expected {
  readonly records: Readonly<Record<string, number>>;
  readonly instruments: Readonly<Record<string, ExpectedInstrument>>;
}

interface Line {
  readonly t: number;
  readonly k: string;
  readonly d?: string;
}

interface Notification {
  readonly params?: { readonly channel: string; readonly data: Readonly<Record<string, unknown>> };
}

const lineOf = (text: string): Line => JSON.parse(text) as Line;
const paramsOf = (text: string): Notification['params'] => {
  const { k, d } = lineOf(text);
  return k === 'in' ? (JSON.parse(d!) as Notification).params : undefined;
};
const isFrame = (line: string): boolean => lineOf(line).k === 'in';
const gaps = ({ events }: Replayed) => events.filter((event) => event.kind === 'gap');
const isOfBook = (event: MarketEvent, of: InstrumentId): boolean =>
  'instrument' in event &&
  event.instrument === of &&
  (event.kind.startsWith('book') || ((event.kind === 'gap' || event.kind === 'resumed') && event.channel === 'book'));

describe.skipIf(absent !== undefined)(absent ?? `recording ${NAME}`, () => {
  let lines: string[];
  let expected: Expected;
  let specs: readonly Instrument[];
  let whole: Replayed;
  const played = (input: Iterable<string>): Promise<Replayed> =>
    replayed(input, undefined, { adapters: [deribit], instruments: specs });
  const booksOf = (ownSymbol: string, type: 'snapshot' | 'change'): readonly number[] =>
    lines.flatMap((line, i) => {
      const params = paramsOf(line);
      return params?.channel === `book.${ownSymbol}.raw` && params.data['type'] === type ? [i] : [];
    });

  beforeAll(async () => {
    lines = [];
    for await (const line of recordedLines(`${FOLDER}/${NAME}`)) lines.push(line);
    const text = readFileSync(pathOf(`${FOLDER}/EXPECTED.json`), 'utf8');
    expected = (JSON.parse(text) as Record<string, Expected>)[NAME]!;
    // Options are no perpetuals, but these were recorded: amounts in coin, prices in coin in steps of 0.0005.
    specs = Object.keys(expected.instruments).map((ownSymbol) => ({
      id: idOf(ownSymbol),
      venue: 'deribit',
      ownSymbol,
      symbol: ownSymbol,
      kind: 'linear',
      tickSize: '0.0005',
      sizeStep: '0.1',
      contractMultiplier: 1,
    }));
    whole = await played(lines);
  });

  test('(a) frames are counted as expected, and nothing is at fault or left out', () => {
    expect(whole.facts.records).toEqual(expected.records);
    expect(whole.facts.faults).toEqual([]);
    expect(whole.facts.drops).toEqual({});
    expect(Object.keys(whole.facts.symbols)).toEqual(Object.keys(expected.instruments).sort());
  });

  test('(a) every book ends as expected, without a gap', () => {
    for (const [ownSymbol, { finalBook, ...chain }] of Object.entries(expected.instruments)) {
      const { book } = whole.facts.symbols[ownSymbol]!;
      const { sumBidQty, sumAskQty, ...final } = finalBook;
      const top = (levels: readonly unknown[]): readonly unknown[] => levels.slice(0, 3);
      expect(
        { ...book!.final, topBids: top(book!.final!.topBids), topAsks: top(book!.final!.topAsks) },
        ownSymbol,
      ).toEqual({ ...final, bidSizeSum: sumBidQty, askSizeSum: sumAskQty });
      expect({ id: book!.finalUpdateId, gaps: book!.gaps }, ownSymbol).toEqual({
        id: chain.finalChangeId,
        gaps: chain.changeIdGaps.length,
      });
    }
  });

  test('(a) the last ticker of each instrument is told: mark and open interest, and no funding for what is no perpetual', () => {
    for (const [ownSymbol, { lastTicker }] of Object.entries(expected.instruments)) {
      const told = whole.events.filter((event) => 'instrument' in event && event.instrument === idOf(ownSymbol));
      const mark = told.findLast((event) => event.kind === 'mark');
      const interest = told.findLast((event) => event.kind === 'open-interest');
      expect([mark?.price, interest?.size], ownSymbol).toEqual([Number(lastTicker.mark), Number(lastTicker.oi)]);
      expect(told.filter(({ kind }) => kind === 'funding')).toEqual([]);
    }
  });

  test('(b) a missing change is a gap of that instrument alone, and its book is not served until a snapshot comes', async () => {
    const changes = booksOf(BUSY, 'change');
    const missing = changes[20]!;
    const broken = lines.toSpliced(missing, 1);
    const cut = await played(broken);
    expect(gaps(cut)).toMatchObject([{ channel: 'book', instrument: idOf(BUSY) }]);
    expect(cut.feed.session!.book(idOf(BUSY))).toBeUndefined();
    expect(cut.feed.session!.book(idOf('BTC-31DEC21-34000-P'))).toBeDefined();
    expect(cut.feed.session!.takeResubscriptions()).toEqual([idOf(BUSY)]);

    // The snapshot as it would have come four changes later.
    const at = changes[24]!;
    const healed = await played(broken.toSpliced(at - 1, 0, await snapshotAt(at, BUSY)));
    const kinds = healed.events.filter((event) => isOfBook(event, idOf(BUSY))).map(({ kind }) => kind);
    const from = kinds.indexOf('gap');
    expect(kinds.slice(from, from + 4)).toEqual(['gap', 'book-snapshot', 'resumed', 'book-delta']);
    expect(bookText(healed.feed.session!.book(idOf(BUSY)))).toBe(bookText(whole.feed.session!.book(idOf(BUSY))));
  });

  test('(c) a doubled line changes nothing', async () => {
    const doubled = await played(lines.flatMap((line) => (isFrame(line) ? [line, line] : [line])));
    expect(gaps(doubled)).toEqual([]);
    for (const { id, ownSymbol } of specs) {
      expect(bookText(doubled.feed.session!.book(id))).toBe(bookText(whole.feed.session!.book(id)));
      const changes = booksOf(ownSymbol, 'change').length;
      expect(doubled.feed.session!.bookState(id)).toMatchObject({ applied: changes, droppedStale: changes });
    }
  });

  test('(d) a cut and a reconnection keep the books; the recording holds no trades to count twice', async () => {
    expect(lines.filter((line) => paramsOf(line)?.channel.startsWith('trades.'))).toEqual([]);
    const half = Math.floor(lines.length / 2);
    const open = JSON.stringify({ ...lineOf(lines[0]!), t: lineOf(lines[half]!).t });
    const snapshots = await Promise.all(specs.map(({ ownSymbol }) => snapshotAt(half, ownSymbol)));
    const rejoined = await played([...lines.slice(0, half), open, ...snapshots, ...lines.slice(half)]);
    const told = rejoined.events.filter((event) => isOfBook(event, idOf(BUSY)) && event.kind !== 'book-delta');
    expect(told.map(({ kind }) => kind)).toEqual(['book-snapshot', 'gap', 'book-snapshot', 'resumed']);
    const cut = gaps(rejoined).filter(({ instrument }) => instrument === idOf(BUSY));
    expect(cut.map(({ channel }) => channel)).toEqual(['book', 'mark', 'index', 'open-interest']);
    for (const { id } of specs)
      expect(bookText(rejoined.feed.session!.book(id))).toBe(bookText(whole.feed.session!.book(id)));
  });

  test('(e) changes that come before their snapshot are left out, and the book ends the same', async () => {
    const [snapshot] = booksOf(BUSY, 'snapshot');
    const early = booksOf(BUSY, 'change')
      .slice(0, 3)
      .map((i) => lines[i]!);
    const swapped = await played([...lines.slice(0, snapshot!), ...early, ...lines.slice(snapshot!)]);
    expect(swapped.feed.session!.bookState(idOf(BUSY))).toMatchObject({ droppedStale: 3 });
    expect(gaps(swapped)).toEqual([]);
    expect(bookText(swapped.feed.session!.book(idOf(BUSY)))).toBe(bookText(whole.feed.session!.book(idOf(BUSY))));
  });

  test('(f) a truncated frame is told once and a gap of its book; the feed lives', async () => {
    const at = booksOf(BUSY, 'change')[5]!;
    const { t, d } = lineOf(lines[at]!);
    const torn = await played(lines.with(at, JSON.stringify({ t, k: 'in', d: d!.slice(0, 150) })));
    expect(torn.facts.faults).toMatchObject([{ code: 'not-json', field: 'frame' }]);
    expect(torn.events.filter(({ kind }) => kind === 'status')).toMatchObject([
      { state: 'amber', venue: 'deribit' },
      { state: 'live' },
    ]);
    expect(gaps(torn)).toMatchObject([{ channel: 'book', instrument: idOf(BUSY) }]);
    const marks = (played: Replayed) => played.events.filter(({ kind }) => kind === 'mark').length;
    expect(marks(torn)).toBe(marks(whole));
  });

  /** A snapshot in the venue's shape of an instrument's book as it stood before a line. */
  async function snapshotAt(before: number, ownSymbol: string): Promise<string> {
    const { feed } = await played(lines.slice(0, before));
    const view = feed.session!.book(idOf(ownSymbol))!;
    const rows = ({ ticks, sizes }: typeof view.bids) =>
      Array.from(ticks, (tick, i) => ['new', Number((tick * view.tickSize).toFixed(4)), sizes[i]]);
    const { t } = lineOf(lines[before - 1]!);
    const data = {
      type: 'snapshot',
      timestamp: Math.floor(t),
      instrument_name: ownSymbol,
      change_id: feed.session!.bookState(idOf(ownSymbol))!.lastSequence,
      ...{ bids: rows(view.bids), asks: rows(view.asks) },
    };
    const params = { channel: `book.${ownSymbol}.raw`, data };
    return JSON.stringify({ t, k: 'in', d: JSON.stringify({ jsonrpc: '2.0', method: 'subscription', params }) });
  }
});
