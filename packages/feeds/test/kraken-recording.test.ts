import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Instrument, InstrumentId, MarketEvent } from '@liquidation-heatmap/core';
import { kraken } from '../src/venues/kraken/index.js';
import { parseBrackets } from '../src/venues/kraken/parse-brackets.js';
import { instrumentRows, parseInstrument, parseInstruments } from '../src/venues/kraken/parse-instruments.js';
import { pathOf, recordedLines, whyAbsent } from './recordings.js';
import { bookText, replayed, type Replayed } from './replayed.js';

const FOLDER = 'venues/kraken-futures';
const NAME = 'seven-products-2021-07-22.ndjson.gz';
const LIST = 'instruments-2021-07-22.ndjson.gz';
const absent = whyAbsent(`${FOLDER}/${NAME}`) ?? whyAbsent(`${FOLDER}/${LIST}`);
/** The product with the most updates. */
const BUSY: InstrumentId = 'kraken:FI_XBTUSD_210730';
const TRADED: InstrumentId = 'kraken:PI_LTCUSD';

interface ExpectedProduct {
  readonly 'finalSeq': number;
  readonly 'seqGaps': readonly unknown[];
  readonly 'updatesBeforeSnapshot': number;
  readonly 'finalBook': Readonly<Record<string, unknown>> & { readonly sumBidQty: string; readonly sumAskQty: string };
  readonly 'liveTrades (qty as sent)'?: {
    readonly count: number;
    readonly sumQty: string;
    readonly sumQtyTakerBuy: string;
    readonly sumQtyTakerSell: string;
    readonly sumPriceTimesQty: string;
    readonly firstId: string;
    readonly lastId: string;
    readonly firstTime: number;
    readonly lastTime: number;
  };
  readonly 'backfillTradesInSnapshot': number;
}

interface Expected {
  readonly records: Readonly<Record<string, number>>;
  readonly products: Readonly<Record<string, ExpectedProduct>>;
}

interface Line {
  readonly t: number;
  readonly k: string;
  readonly url?: string;
  readonly d: string;
}

const lineOf = (text: string): Line => JSON.parse(text) as Line;
const frameOf = (text: string): Readonly<Record<string, unknown>> => {
  const { k, d } = lineOf(text);
  return k === 'in' ? (JSON.parse(d) as Readonly<Record<string, unknown>>) : {};
};
const isFrame = (line: string): boolean => lineOf(line).k === 'in';
/** A line as if it had come at the time of another. */
const retimed = (line: string, like: string): string => JSON.stringify({ ...lineOf(line), t: lineOf(like).t });
const trades = (played: Replayed) => played.events.filter((event) => event.kind === 'trade');
const gaps = (played: Replayed, of: InstrumentId) =>
  played.events.filter((event) => event.kind === 'gap' && event.instrument === of);
const isOfBook = (event: MarketEvent, of: InstrumentId): boolean =>
  'instrument' in event &&
  event.instrument === of &&
  (event.kind.startsWith('book') || ((event.kind === 'gap' || event.kind === 'resumed') && event.channel === 'book'));

describe.skipIf(absent !== undefined)(absent ?? `recording ${NAME}`, { timeout: 60_000 }, () => {
  let lines: string[];
  let list: unknown;
  let specs: readonly Instrument[];
  let expected: Expected;
  let whole: Replayed;
  const played = (input: Iterable<string>): Promise<Replayed> =>
    replayed(input, undefined, { adapters: [kraken], venue: 'kraken', instruments: specs });
  const indexesOf = (feed: string, product: string): readonly number[] =>
    lines.flatMap((line, i) => {
      const frame = frameOf(line);
      return frame['feed'] === feed && frame['product_id'] === product ? [i] : [];
    });

  beforeAll(async () => {
    lines = [];
    for await (const line of recordedLines(`${FOLDER}/${NAME}`)) lines.push(line);
    for await (const line of recordedLines(`${FOLDER}/${LIST}`)) list = JSON.parse(lineOf(line).d);
    const rows = instrumentRows(list);
    // Dated contracts are no perpetuals, but these were recorded, and the list says what they are.
    specs = rows.ok
      ? rows.value.flatMap((row) => {
          const spec = parseInstrument(row);
          return spec.ok && spec.value !== undefined ? [spec.value] : [];
        })
      : [];
    const text = readFileSync(pathOf(`${FOLDER}/EXPECTED.json`), 'utf8');
    expected = (JSON.parse(text) as Record<string, Expected>)[NAME]!;
    whole = await played(lines);
  });

  test('the recorded list says what each contract is: every one of them is inverse, and five are perpetual', () => {
    expect(specs).toHaveLength(17);
    expect(specs.every(({ kind }) => kind === 'inverse')).toBe(true);
    const listed = parseInstruments(list);
    expect(listed.ok && listed.value.map(({ ownSymbol, symbol, tickSize }) => [ownSymbol, symbol, tickSize])).toEqual([
      ['PI_XBTUSD', 'BTCUSDT', '0.5'],
      ['PI_ETHUSD', 'ETHUSDT', '0.05'],
      ['PI_LTCUSD', 'LTCUSDT', '0.01'],
      ['PI_BCHUSD', 'BCHUSDT', '0.1'],
      ['PI_XRPUSD', 'XRPUSDT', '0.0001'],
    ]);
  });

  test('the recorded margin levels become a table that counts part by part', () => {
    const table = parseBrackets(list, 'PI_XBTUSD', '2021-07-22');
    expect(table.ok && table.value.brackets.slice(0, 3)).toEqual([
      { floor: 0, cap: 500_000, maintenanceRate: 0.01, maxLeverage: 50, deduction: 0 },
      {
        floor: 500_000,
        cap: 1_000_000,
        maintenanceRate: 0.02,
        maxLeverage: 25,
        deduction: expect.closeTo(5_000, 6) as number,
      },
      {
        floor: 1_000_000,
        cap: 3_000_000,
        maintenanceRate: 0.03,
        maxLeverage: 1 / 0.06,
        deduction: expect.closeTo(15_000, 6) as number,
      },
    ]);
    expect(table.ok && table.value.brackets.at(-1)?.cap).toBe(Number.POSITIVE_INFINITY);
    for (const { ownSymbol } of specs) {
      expect(parseBrackets(list, ownSymbol, '2021-07-22'), ownSymbol).toMatchObject({ ok: true });
    }
  });

  test('(a) frames are counted as expected, and nothing is at fault', () => {
    expect(whole.facts.records).toEqual(expected.records);
    expect(whole.facts.faults).toEqual([]);
    const backfill = Object.values(expected.products).map((product) => product.backfillTradesInSnapshot);
    expect(whole.facts.drops).toEqual({
      'history-trade': backfill.reduce((sum, count) => sum + count, 0),
      'unused-stream': expected.records['ticker_lite'],
    });
    expect(Object.keys(whole.facts.symbols)).toEqual(Object.keys(expected.products).sort());
  });

  test('(a) every book ends as expected, without a gap', () => {
    for (const [ownSymbol, product] of Object.entries(expected.products)) {
      const { book } = whole.facts.symbols[ownSymbol]!;
      const { sumBidQty, sumAskQty, ...final } = product.finalBook;
      expect(book!.final, ownSymbol).toEqual({ ...final, bidSizeSum: sumBidQty, askSizeSum: sumAskQty });
      expect({ seq: book!.finalUpdateId, gaps: book!.gaps, before: book!.droppedStale }, ownSymbol).toEqual({
        seq: product.finalSeq,
        gaps: product.seqGaps.length,
        before: product.updatesBeforeSnapshot,
      });
    }
  });

  test('(a) trades are those that came live, with their sums', () => {
    const seqOf = new Map(lines.map(frameOf).map((frame) => [frame['uid'], String(frame['seq'])]));
    for (const [ownSymbol, product] of Object.entries(expected.products)) {
      const { trades: told } = whole.facts.symbols[ownSymbol]!;
      const live = product['liveTrades (qty as sent)'];
      // Trades are known by `uid`, which the REST history has too; the expectation names their numbers.
      const numbers = { firstId: seqOf.get(told.firstId), lastId: seqOf.get(told.lastId) };
      expect(live === undefined ? { count: told.count } : { ...told, ...numbers }, ownSymbol).toEqual(
        live === undefined
          ? { count: 0 }
          : {
              count: live.count,
              sizeSum: live.sumQty,
              takerBuySizeSum: live.sumQtyTakerBuy,
              takerSellSizeSum: live.sumQtyTakerSell,
              priceTimesSizeSum: live.sumPriceTimesQty,
              firstId: live.firstId,
              lastId: live.lastId,
              firstTime: live.firstTime,
              lastTime: live.lastTime,
            },
      );
    }
  });

  test('(b) a missing update is a gap of that product alone, and its book is not served until a snapshot comes', async () => {
    const updates = indexesOf('book', 'FI_XBTUSD_210730');
    const missing = updates[Math.floor(updates.length / 2)]!;
    const broken = lines.toSpliced(missing, 1);
    const cut = await played(broken);
    expect(gaps(cut, BUSY)).toMatchObject([{ channel: 'book' }]);
    expect(cut.events.filter(({ kind }) => kind === 'gap')).toHaveLength(1);
    expect(cut.feed.session!.book(BUSY)).toBeUndefined();
    expect(cut.feed.session!.book(TRADED)).toBeDefined();
    expect(cut.feed.session!.takeResubscriptions()).toEqual([BUSY]);

    // The snapshot as it would have come 20 updates later.
    const at = updates[Math.floor(updates.length / 2) + 20]!;
    const healed = await played(broken.toSpliced(at - 1, 0, await snapshotAt(at)));
    const kinds = healed.events.filter((event) => isOfBook(event, BUSY)).map(({ kind }) => kind);
    const from = kinds.indexOf('gap');
    expect(kinds.slice(from, from + 4)).toEqual(['gap', 'book-snapshot', 'resumed', 'book-delta']);
    expect(bookText(healed.feed.session!.book(BUSY))).toBe(bookText(whole.feed.session!.book(BUSY)));
  });

  test('(c) a doubled line changes nothing', async () => {
    const doubled = await played(lines.flatMap((line) => (isFrame(line) ? [line, line] : [line])));
    expect(doubled.events.filter(({ kind }) => kind === 'gap')).toEqual([]);
    expect(trades(doubled)).toHaveLength(trades(whole).length);
    expect(doubled.facts.drops['duplicate-trade']).toBe(trades(whole).length);
    for (const { id } of specs)
      expect(bookText(doubled.feed.session!.book(id))).toBe(bookText(whole.feed.session!.book(id)));
  });

  test('(d) a cut and a reconnection that repeats frames count no trade twice and keep the books', async () => {
    const half = Math.floor(lines.length / 2);
    const open = retimed(lines[0]!, lines[half]!);
    const snapshots = await Promise.all(Object.keys(expected.products).map((product) => snapshotAt(half + 1, product)));
    const repeated = lines.filter((line) => ['trade', 'trade_snapshot'].includes(String(frameOf(line)['feed'])));
    const again = repeated
      .filter((_, i) => lines.indexOf(repeated[i]!) < half)
      .map((line) => retimed(line, lines[half]!));
    const rejoined = await played([...lines.slice(0, half), open, ...again, ...snapshots, ...lines.slice(half)]);
    expect(trades(rejoined)).toHaveLength(trades(whole).length);
    expect(rejoined.facts.drops).toMatchObject({ 'duplicate-trade': 2, 'history-trade': 1_400 });
    const told = rejoined.events.filter((event) => isOfBook(event, TRADED) && event.kind !== 'book-delta');
    expect(told.map(({ kind }) => kind)).toEqual(['book-snapshot', 'gap', 'book-snapshot', 'resumed']);
    expect(gaps(rejoined, TRADED)).toMatchObject([{ channel: 'book' }, { channel: 'trades' }]);
    for (const { id } of specs)
      expect(bookText(rejoined.feed.session!.book(id))).toBe(bookText(whole.feed.session!.book(id)));
  });

  test('(e) updates that come before their snapshot are left out, and the book ends the same', async () => {
    const [snapshot] = indexesOf('book_snapshot', 'PI_LTCUSD');
    const [, , third] = indexesOf('book', 'PI_LTCUSD');
    const early = lines.slice(0, third! + 1).filter((line) => {
      const frame = frameOf(line);
      return frame['feed'] === 'book' && frame['product_id'] === 'PI_LTCUSD';
    });
    const swapped = await played([...lines.slice(0, snapshot!), ...early, ...lines.slice(snapshot!)]);
    expect(swapped.facts.symbols['PI_LTCUSD']!.book!.droppedStale).toBe(3);
    expect(swapped.events.filter(({ kind }) => kind === 'gap')).toEqual([]);
    expect(bookText(swapped.feed.session!.book(TRADED))).toBe(bookText(whole.feed.session!.book(TRADED)));
  });

  test('(f) a truncated frame is told once and a gap of its book; the feed lives', async () => {
    const at = indexesOf('book', 'PI_LTCUSD')[10]!;
    const { t, d } = lineOf(lines[at]!);
    const torn = await played(lines.with(at, JSON.stringify({ t, k: 'in', d: d.slice(0, d.length - 30) })));
    expect(torn.facts.faults).toMatchObject([{ code: 'not-json', field: 'frame' }]);
    expect(torn.events.filter(({ kind }) => kind === 'status')).toMatchObject([
      { state: 'amber', venue: 'kraken' },
      { state: 'live' },
    ]);
    expect(gaps(torn, TRADED)).toHaveLength(1);
    expect(trades(torn)).toHaveLength(trades(whole).length);
  });

  /** A snapshot in the venue's shape of a product's book as it stood before a line. */
  async function snapshotAt(before: number, product = 'FI_XBTUSD_210730'): Promise<string> {
    const { feed } = await played(lines.slice(0, before));
    const id: InstrumentId = `kraken:${product}`;
    const view = feed.session!.book(id)!;
    const side = (levels: typeof view.bids) =>
      Array.from(levels.ticks, (tick, i) => ({
        price: Number((tick * view.tickSize).toFixed(8)),
        qty: levels.sizes[i],
      }));
    const { t } = lineOf(lines[before - 1]!);
    const seq = feed.session!.bookState(id)!.lastSequence;
    const d = JSON.stringify({
      ...{ feed: 'book_snapshot', product_id: product, timestamp: Math.floor(t), seq, tickSize: null },
      ...{ bids: side(view.bids), asks: side(view.asks) },
    });
    return JSON.stringify({ t, k: 'in', d });
  }
});
