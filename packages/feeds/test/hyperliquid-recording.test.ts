import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import type { InstrumentId } from '@liquidation-heatmap/core';
import { hyperliquid } from '../src/venues/hyperliquid/index.js';
import { parseMissedTrades } from '../src/venues/hyperliquid/parse-rest.js';
import { pathOf, recordedLines, whyAbsent } from './recordings.js';
import { bookText, replayed, type Replayed } from './replayed.js';

const FOLDER = 'venues/hyperliquid';
const NAME = 'btc-l2book-2025-01-26-part1.ndjson.gz';
const ID: InstrumentId = 'hyperliquid:BTC';
const URL = 'wss://api.hyperliquid.xyz/ws';
const absent = whyAbsent(`${FOLDER}/${NAME}`);

interface Expected {
  readonly records: Readonly<Record<string, number>>;
  readonly lastBook: {
    readonly time: number;
    readonly bids: number;
    readonly asks: number;
    readonly bestBid: readonly [string, string];
    readonly bestAsk: readonly [string, string];
  };
  readonly bookTimesMonotonic: boolean;
  readonly trades: {
    readonly count: number;
    readonly sumQty: string;
    readonly sumQtyTakerBuy: string;
    readonly sumQtyTakerSell: string;
    readonly sumPriceTimesQty: string;
    readonly firstId: number;
    readonly lastId: number;
    readonly firstTime: number;
    readonly lastTime: number;
  };
  readonly tradeBatchSizes: readonly number[];
}

interface Line {
  readonly t: number;
  readonly k: string;
  readonly d: string;
}

interface Frame {
  readonly channel: string;
  readonly data: unknown;
}

const lineOf = (text: string): Line => JSON.parse(text) as Line;
const frameOf = (text: string): Frame => JSON.parse(lineOf(text).d) as Frame;
/** A frame as if it had come with a line. */
const like = (line: string, frame: object): string =>
  JSON.stringify({ t: lineOf(line).t, k: 'in', d: JSON.stringify(frame) });
const opened = (line: string): string => JSON.stringify({ t: lineOf(line).t, k: 'open', url: URL });
const trades = ({ events }: Replayed) => events.filter((event) => event.kind === 'trade');
const gaps = ({ events }: Replayed) => events.filter((event) => event.kind === 'gap');

describe.skipIf(absent !== undefined)(absent ?? `recording ${NAME}`, () => {
  let lines: string[];
  let expected: Expected;
  let whole: Replayed;
  const played = (input: Iterable<string>): Promise<Replayed> =>
    replayed(input, undefined, { adapters: [hyperliquid], venue: 'hyperliquid' });
  const indexesOf = (channel: string): readonly number[] =>
    lines.flatMap((line, i) => (frameOf(line).channel === channel ? [i] : []));

  beforeAll(async () => {
    lines = [];
    for await (const line of recordedLines(`${FOLDER}/${NAME}`)) lines.push(line);
    const text = readFileSync(pathOf(`${FOLDER}/EXPECTED.json`), 'utf8');
    expected = (JSON.parse(text) as Record<string, Expected>)[NAME]!;
    whole = await played(lines);
  });

  test('(a) the book ends as expected, and only frames of an equal block are left out', () => {
    expect(whole.facts.records).toEqual({ 'rec:in': 40, ...expected.records });
    expect(whole.facts.faults).toEqual([]);
    const times = indexesOf('l2Book').map((i) => (frameOf(lines[i]!).data as { time: number }).time);
    const isNotLater = (time: number, i: number): boolean => i > 0 && time <= times[i - 1]!;
    expect(times.some((time, i) => i > 0 && time < times[i - 1]!)).toBe(!expected.bookTimesMonotonic);
    const repeated = times.filter(isNotLater).length;
    expect(whole.facts.drops['older-book']).toBe(repeated);
    expect(whole.events.filter(({ kind }) => kind === 'book-snapshot')).toHaveLength(times.length - repeated);
    const { final, finalUpdateId, gaps: lost } = whole.facts.symbols['BTC']!.book!;
    const exact = ([price, size]: readonly [string, string]): readonly string[] => [String(Number(price)), size];
    expect({ finalUpdateId, lost, bids: final!.bidLevels, asks: final!.askLevels }).toEqual({
      finalUpdateId: expected.lastBook.time,
      lost: 0,
      bids: expected.lastBook.bids,
      asks: expected.lastBook.asks,
    });
    expect([final!.bestBid, final!.bestAsk]).toEqual([
      exact(expected.lastBook.bestBid),
      exact(expected.lastBook.bestAsk),
    ]);
  });

  test('(a) behind an earlier frame every recorded trade is live, with the expected sums', async () => {
    const invented = { coin: 'BTC', side: 'B', px: '105000.0', sz: '1', tid: 1, time: 1_737_918_700_000 };
    const { facts } = await played([like(lines[0]!, { channel: 'trades', data: [invented] }), ...lines]);
    const { firstId, lastId, ...sums } = expected.trades;
    expect(facts.symbols['BTC']!.trades).toEqual({
      count: sums.count,
      sizeSum: sums.sumQty,
      takerBuySizeSum: sums.sumQtyTakerBuy,
      takerSellSizeSum: sums.sumQtyTakerSell,
      priceTimesSizeSum: sums.sumPriceTimesQty,
      firstId: String(firstId),
      lastId: String(lastId),
      firstTime: sums.firstTime,
      lastTime: sums.lastTime,
    });
    expect(facts.drops['history-trade']).toBe(1);
  });

  test('the first recorded frame of trades is history: thirty trades that are counted and not told', () => {
    const sizes = indexesOf('trades').map((i) => (frameOf(lines[i]!).data as readonly unknown[]).length);
    expect(sizes).toEqual(expected.tradeBatchSizes);
    expect(whole.facts.drops['history-trade']).toBe(sizes[0]);
    expect(trades(whole)).toHaveLength(expected.trades.count - sizes[0]!);
    const first = (frameOf(lines[indexesOf('trades')[1]!]!).data as readonly { tid: number }[])[0]!;
    expect(trades(whole)[0]?.id).toBe(String(first.tid));
  });

  test('history is forgotten: what of it was missed is told when it is asked for, oldest first', async () => {
    const [history] = indexesOf('trades');
    const past = frameOf(lines[history!]!).data as readonly { readonly time: number }[];
    const from = past[20]!.time;
    const missed = parseMissedTrades([...past].reverse(), from as never);
    const frame = missed.ok ? (JSON.parse(missed.value.frames[0]!) as object) : {};
    const asked = lines.toSpliced(history! + 1, 0, like(lines[history!]!, frame));
    const told = trades(await played(asked));
    const late = past.filter(({ time }) => time >= from).length;
    expect(told).toHaveLength(trades(whole).length + late);
    expect(told.map(({ eventTime }) => eventTime)).toEqual(told.map(({ eventTime }) => eventTime).sort());
  });

  test('(b) a missing frame is no gap, because each of them is the whole book', async () => {
    const books = indexesOf('l2Book');
    const fewer = await played(lines.toSpliced(books[20]!, 1));
    expect(gaps(fewer)).toEqual([]);
    expect(bookText(fewer.feed.session!.book(ID))).toBe(bookText(whole.feed.session!.book(ID)));
  });

  test('(c) a doubled line changes nothing, history included', async () => {
    const doubled = await played(lines.flatMap((line) => [line, line]));
    expect(gaps(doubled)).toEqual([]);
    expect(trades(doubled)).toHaveLength(trades(whole).length);
    expect(doubled.facts.drops).toMatchObject({ 'history-trade': 60, 'duplicate-trade': trades(whole).length });
    const ofBook = (played: Replayed) => played.events.filter(({ kind }) => kind === 'book-snapshot').length;
    expect(ofBook(doubled)).toBe(ofBook(whole));
    expect(bookText(doubled.feed.session!.book(ID))).toBe(bookText(whole.feed.session!.book(ID)));
  });

  test('(d) a cut and a reconnection count no trade twice, and what comes first is history again', async () => {
    const recorded = indexesOf('trades');
    const half = recorded[3]!;
    const past = recorded.slice(0, 3).flatMap((i) => frameOf(lines[i]!).data as readonly unknown[]);
    const history = like(lines[half]!, { channel: 'trades', data: past.slice(-30) });
    const rejoined = await played([
      opened(lines[0]!),
      ...lines.slice(0, half),
      opened(lines[half]!),
      history,
      ...lines.slice(half),
      lines[half]!,
    ]);
    expect(trades(rejoined)).toHaveLength(trades(whole).length);
    expect(rejoined.facts.drops).toMatchObject({ 'history-trade': 60, 'duplicate-trade': 1 });
    expect(gaps(rejoined)).toMatchObject([{ channel: 'book' }, { channel: 'trades' }]);
    const resumed = rejoined.events.filter((event) => event.kind === 'resumed');
    expect(resumed).toMatchObject([{ channel: 'trades' }, { channel: 'book' }]);
    expect(bookText(rejoined.feed.session!.book(ID))).toBe(bookText(whole.feed.session!.book(ID)));
  });

  test('(e) a book that comes after a newer one is left out', async () => {
    const [a, b] = indexesOf('l2Book').slice(-2) as [number, number];
    const swapped = await played(lines.with(a, lines[b]!).with(b, lines[a]!));
    expect(bookText(swapped.feed.session!.book(ID))).toBe(bookText(whole.feed.session!.book(ID)));
    expect(swapped.facts.drops['older-book']).toBe(whole.facts.drops['older-book']! + 1);
  });

  test('(f) a truncated frame is told once, the next one is a whole book again, and the feed lives', async () => {
    const at = indexesOf('l2Book')[10]!;
    const { t, d } = lineOf(lines[at]!);
    const torn = await played(lines.with(at, JSON.stringify({ t, k: 'in', d: d.slice(0, 200) })));
    expect(torn.facts.faults).toMatchObject([{ code: 'not-json', field: 'frame' }]);
    expect(torn.events.filter(({ kind }) => kind === 'status')).toMatchObject([
      { state: 'amber', venue: 'hyperliquid' },
      { state: 'live' },
    ]);
    expect(gaps(torn)).toEqual([]);
    expect(bookText(torn.feed.session!.book(ID))).toBe(bookText(whole.feed.session!.book(ID)));
  });
});
