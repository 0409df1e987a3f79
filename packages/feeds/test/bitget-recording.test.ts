import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import type { InstrumentId, MarketEvent } from '@liquidation-heatmap/core';
import { bitget } from '../src/venues/bitget/index.js';
import { instrumentOf } from '../src/venues/bitget/instruments.js';
import { pathOf, recordedLines, whyAbsent } from './recordings.js';
import { bookText, replayed, type Replayed } from './replayed.js';

const FOLDER = 'venues/bitget';
const NAME = 'dashusdt-v1-2022-04-07.ndjson.gz';
const absent = whyAbsent(`${FOLDER}/${NAME}`);
const OWN_SYMBOL = 'DASHUSDT';
const ID: InstrumentId = `bitget:${OWN_SYMBOL}`;
/** The finest step of the recorded prices and sizes. */
const SPEC = instrumentOf(OWN_SYMBOL, OWN_SYMBOL, '0.01', '0.01');
const MISMATCH = 'The book does not meet the checksum of the venue';

type Level = readonly [price: string, size: string];
interface ExpectedInstrument {
  readonly finalBook: Readonly<Record<string, unknown>> & { readonly sumBidQty: string; readonly sumAskQty: string };
  readonly checksums: { readonly messages: number; readonly matching: number };
  readonly liveTrades: Readonly<Record<string, number | string>>;
  readonly backfillTradesInSnapshot: number;
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
interface BookFrame {
  readonly action: string;
  readonly arg: { readonly channel: string };
  readonly data: readonly [
    {
      readonly bids: readonly Level[];
      readonly asks: readonly Level[];
      readonly checksum: number;
      readonly ts: string;
    },
  ];
}

const lineOf = (line: string): Line => JSON.parse(line) as Line;
const retimed = (line: string, like: string): string => JSON.stringify({ ...lineOf(line), t: lineOf(like).t });
const played = (lines: readonly string[]): Promise<Replayed> =>
  replayed(lines, undefined, { adapters: [bitget], venue: 'bitget', instruments: [SPEC] });
const gapsOf = ({ events }: Replayed) => events.filter((event) => event.kind === 'gap' && event.channel === 'book');
const booksTo = (event: MarketEvent) => 'channel' in event && event.channel === 'book';

describe.skipIf(absent !== undefined)(absent ?? `recording ${NAME}`, () => {
  let lines: string[];
  let expected: Expected;
  let figures: ExpectedInstrument;
  let whole: Replayed;
  const indexesOf = (channel: string, action: string): readonly number[] =>
    lines.flatMap((line, at) => {
      const { k, d = '' } = lineOf(line);
      return k === 'in' && d.includes(`"action":"${action}"`) && d.includes(`"channel":"${channel}"`) ? [at] : [];
    });

  beforeAll(async () => {
    lines = [];
    for await (const line of recordedLines(`${FOLDER}/${NAME}`)) lines.push(line);
    expected = (JSON.parse(readFileSync(pathOf(`${FOLDER}/EXPECTED.json`), 'utf8')) as Record<string, Expected>)[NAME]!;
    figures = expected.instruments[OWN_SYMBOL]!;
    whole = await played(lines);
  });

  test('(a) every line and frame is counted, nothing is at fault, and the trades of before are left out', () => {
    expect(whole.facts.records).toEqual(expected.records);
    expect(whole.facts.faults).toEqual([]);
    const candles = expected.records['candle1m:snapshot']! + expected.records['candle1m:update']!;
    const history = figures.backfillTradesInSnapshot;
    expect(whole.facts.drops).toEqual({ 'history-trade': history, 'unused-stream': candles });
  });

  test('(a) the trades since subscribing are as expected; this generation sends no ids', () => {
    const { trades } = whole.facts.symbols[OWN_SYMBOL]!;
    const { firstId, lastId, idJumps, ...sums } = figures.liveTrades;
    expect([firstId, lastId, idJumps]).toEqual(['0', '0', 0]);
    expect({
      count: trades.count,
      sumQty: trades.sizeSum,
      sumQtyTakerBuy: trades.takerBuySizeSum,
      sumQtyTakerSell: trades.takerSellSizeSum,
      sumPriceTimesQty: trades.priceTimesSizeSum,
      firstTime: trades.firstTime,
      lastTime: trades.lastTime,
    }).toEqual(sums);
  });

  test('(a) the book ends as expected, every checksum met', () => {
    const { book } = whole.facts.symbols[OWN_SYMBOL]!;
    const { sumBidQty, sumAskQty, ...final } = figures.finalBook;
    expect(book!.final).toEqual({ ...final, bidSizeSum: sumBidQty, askSizeSum: sumAskQty });
    expect(book!.applied + 1, 'updates and the snapshot').toBe(figures.checksums.messages);
    expect(figures.checksums.matching).toBe(figures.checksums.messages);
    expect(gapsOf(whole)).toEqual([]);
  });

  test('(a) every ticker tells mark, index, open interest and funding', () => {
    const { events } = whole.facts.symbols[OWN_SYMBOL]!;
    const count = expected.records['ticker:snapshot'];
    expect(events).toMatchObject({ 'mark': count, 'index': count, 'open-interest': count, 'funding': count });
    expect(whole.events.find(({ kind }) => kind === 'open-interest')).toMatchObject({ size: 21_957.17 });
    expect(whole.events.find(({ kind }) => kind === 'funding')).toMatchObject({
      rate: -0.0001,
      nextTime: 1_649_314_800_000,
    });
  });

  test('a changed checksum is noticed at once: each of them is verified', async () => {
    for (const at of [...indexesOf('books', 'snapshot'), ...indexesOf('books', 'update').slice(-1)]) {
      const { d, ...rest } = lineOf(lines[at]!);
      const wrong = d!.replace(/"checksum":(-?\d+)/, (_, sum: string) => `"checksum":${String(Number(sum) ^ 1)}`);
      const cut = await played(lines.with(at, JSON.stringify({ ...rest, d: wrong })));
      expect(cut.facts.drops['untrusted-update'], String(at)).toBe(1);
      expect(cut.feed.session!.book(ID)).toBeUndefined();
    }
  });

  test('(b) a missing update is a gap by its checksum; the book is not served until a new snapshot', async () => {
    const updates = indexesOf('books', 'update');
    const [missing, resync] = [updates[20]!, updates[40]!];
    const cut = await played(lines.toSpliced(missing, 1));
    expect(gapsOf(cut)).toMatchObject([{ reason: MISMATCH }]);
    expect(cut.feed.session!.book(ID)).toBeUndefined();
    expect(cut.feed.session!.takeResubscriptions()).toEqual([ID]);
    const snapshot = JSON.stringify({
      ...{ t: lineOf(lines[resync]!).t, k: 'in' },
      d: wholeBook(
        lines.filter((_, at) => at <= resync && (updates.includes(at) || at === indexesOf('books', 'snapshot')[0])),
      ),
    });
    const healed = await played([
      ...lines.slice(0, missing),
      ...lines.slice(missing + 1, resync + 1),
      snapshot,
      ...lines.slice(resync + 1),
    ]);
    expect(healed.events.filter(booksTo)).toMatchObject([{ kind: 'gap' }, { kind: 'resumed' }]);
    expect(bookText(healed.feed.session!.book(ID))).toBe(bookText(whole.feed.session!.book(ID)));
  });

  test('(c) a doubled line changes nothing', async () => {
    const doubled = await played(lines.flatMap((line) => (lineOf(line).k === 'in' ? [line, line] : [line])));
    expect(bookText(doubled.feed.session!.book(ID))).toBe(bookText(whole.feed.session!.book(ID)));
    expect(gapsOf(doubled)).toEqual([]);
    expect(doubled.facts.symbols[OWN_SYMBOL]!.trades).toEqual(whole.facts.symbols[OWN_SYMBOL]!.trades);
    expect(doubled.facts.drops['duplicate-trade']).toBe(figures.liveTrades['count']);
  });

  test('(d) after a cut and a reconnection no trade is counted twice, and history is recognized again', async () => {
    const half = lines.length >> 1;
    const again = await played([...lines.slice(0, half), ...lines]);
    expect(again.facts.symbols[OWN_SYMBOL]!.trades).toEqual(whole.facts.symbols[OWN_SYMBOL]!.trades);
    expect(again.facts.drops['history-trade']).toBe(2 * figures.backfillTradesInSnapshot);
    expect(bookText(again.feed.session!.book(ID))).toBe(bookText(whole.feed.session!.book(ID)));
    const told = again.events.flatMap((event) =>
      'channel' in event && 'instrument' in event ? [`${event.kind} ${event.channel}`] : [],
    );
    expect(told.sort()).toEqual(
      ['book', 'funding', 'index', 'mark', 'open-interest', 'trades']
        .flatMap((channel) => [`gap ${channel}`, `resumed ${channel}`])
        .sort(),
    );
  });

  test('(e) updates before the snapshot are left out; one that the snapshot does not hold is missed by its checksum', async () => {
    const [snapshot] = indexesOf('books', 'snapshot');
    const [first, second, third] = indexesOf('books', 'update');
    const early = [second!, third!].map((at) => retimed(lines[at]!, lines[snapshot!]!));
    const copied = await played([...lines.slice(0, snapshot), ...early, ...lines.slice(snapshot)]);
    expect(bookText(copied.feed.session!.book(ID))).toBe(bookText(whole.feed.session!.book(ID)));
    expect(gapsOf(copied)).toEqual([]);
    const swapped = await played(
      lines
        .with(snapshot!, retimed(lines[first!]!, lines[snapshot!]!))
        .with(first!, retimed(lines[snapshot!]!, lines[first!]!)),
    );
    expect(gapsOf(swapped)).toMatchObject([{ reason: MISMATCH }]);
  });

  test('(f) a truncated frame is told, and the book is a gap by its checksum; the feed lives', async () => {
    const at = indexesOf('books', 'update')[10]!;
    const { d, ...rest } = lineOf(lines[at]!);
    const torn = await played(lines.with(at, JSON.stringify({ ...rest, d: d!.slice(0, d!.length >> 1) })));
    expect(torn.facts.faults).toMatchObject([{ code: 'not-json', field: 'frame' }]);
    expect(torn.events.filter(({ kind }) => kind === 'status')).toMatchObject([
      { state: 'amber', venue: 'bitget' },
      { state: 'live' },
    ]);
    expect(gapsOf(torn)).toHaveLength(1);
    expect(torn.facts.symbols[OWN_SYMBOL]!.trades).toEqual(whole.facts.symbols[OWN_SYMBOL]!.trades);
  });
});

/** The frame of a whole book after some frames, with the checksum of the last. */
function wholeBook(lines: readonly string[]): string {
  const frames = lines.map((line) => JSON.parse(lineOf(line).d!) as BookFrame);
  const sideOf = (side: 'bids' | 'asks'): readonly Level[] => {
    const levels = new Map<number, Level>();
    for (const level of frames.flatMap(({ data }) => data[0][side])) {
      if (Number(level[1]) === 0) levels.delete(Number(level[0]));
      else levels.set(Number(level[0]), level);
    }
    return [...levels.values()];
  };
  const last = frames.at(-1)!;
  return JSON.stringify({
    ...last,
    action: 'snapshot',
    data: [{ ...last.data[0], bids: sideOf('bids'), asks: sideOf('asks') }],
  });
}
