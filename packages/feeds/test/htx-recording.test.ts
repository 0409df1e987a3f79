import { readFileSync } from 'node:fs';
import { gunzipSync, gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Instrument, InstrumentId } from '@liquidation-heatmap/core';
import { decimalText, exactDecimal, productOf, sumOf, type ExactDecimal } from '../src/recording/exact-decimal.js';
import { htx } from '../src/venues/htx/index.js';
import { instrumentOf } from '../src/venues/htx/instruments.js';
import { htxWire } from '../src/venues/htx/subscribe.js';
import { pathOf, recordedLines, whyAbsent } from './recordings.js';
import { bookText, replayed, type Replayed } from './replayed.js';

const FOLDER = 'venues/htx';
const NAME = 'linear-swap-2022-02-19.ndjson.gz';
const absent = whyAbsent(`${FOLDER}/${NAME}`);

/** Contract sizes as every recorded trade shows them, `quantity / amount`; the finest step of the recorded prices. */
const SPECS: readonly Instrument[] = [
  instrumentOf('ACH-USDT', 'ACHUSDT', '0.00001', '10'),
  instrumentOf('BTT-USDT', 'BTTUSDT', '0.00000001', '1000000'),
  instrumentOf('GRT-USDT', 'GRTUSDT', '0.00001', '10'),
  instrumentOf('SNX-USDT', 'SNXUSDT', '0.0001', '1'),
  instrumentOf('SOS-USDT', 'SOSUSDT', '0.00000001', '100000'),
];
const BUSY: InstrumentId = 'htx:SNX-USDT';
const HALF: ExactDecimal = { units: 5n, scale: 1 };

interface ExpectedSymbol {
  readonly 'lastDepth': {
    readonly version: number;
    readonly mrid: number;
    readonly bids: number;
    readonly asks: number;
    readonly bestBid: readonly [price: string, contracts: number];
    readonly bestAsk: readonly [price: string, contracts: number];
    readonly ts: number;
  };
  readonly 'depthVersionWentBackwards': number;
  readonly 'trades (amount as sent)': {
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
}

interface Expected {
  readonly records: Readonly<Record<string, number>>;
  readonly undecodable: number;
  readonly pings: number;
  readonly symbols: Readonly<Record<string, ExpectedSymbol>>;
}

interface RawTrade {
  readonly id: number;
  readonly ts: number;
  readonly amount: number;
  readonly quantity: number;
  readonly price: number;
  readonly direction: 'buy' | 'sell';
}

interface Frame {
  readonly ch?: string;
  readonly ts?: number;
  readonly tick?: {
    readonly ts: number;
    readonly version?: number;
    readonly mrid?: number;
    readonly data?: readonly RawTrade[];
  };
}

interface Line {
  readonly t: number;
  readonly k: string;
  readonly url?: string;
  readonly d?: string;
  readonly b64?: string;
}

const lineOf = (text: string): Line => JSON.parse(text) as Line;
const texts = new Map<string, string>();
function textOf(line: string): string {
  const known = texts.get(line);
  if (known !== undefined) return known;
  const { b64 } = lineOf(line);
  const text = b64 === undefined ? '' : gunzipSync(Buffer.from(b64, 'base64')).toString();
  texts.set(line, text);
  return text;
}
const frameOf = (line: string): Frame => (lineOf(line).k === 'in' ? (JSON.parse(textOf(line)) as Frame) : {});
const packed = (t: number, text: string): string =>
  JSON.stringify({ t, k: 'in', b64: gzipSync(text).toString('base64') });
const retimed = (line: string, like: string): string => JSON.stringify({ ...lineOf(line), t: lineOf(like).t });
const played = (lines: Iterable<string>): Promise<Replayed> =>
  replayed(lines, undefined, { adapters: [htx], venue: 'htx', instruments: SPECS });
const trades = ({ events }: Replayed) => events.filter((event) => event.kind === 'trade');
const total = (values: readonly ExactDecimal[]): ExactDecimal => values.reduce(sumOf, { units: 0n, scale: 0 });

describe.skipIf(absent !== undefined)(absent ?? `recording ${NAME}`, { timeout: 60_000 }, () => {
  let lines: string[];
  let whole: Replayed;
  let expected: Expected;
  /** Trades of each contract's first frame, which are of before the subscription. */
  const past = new Map<string, readonly RawTrade[]>();
  const indexesOf = (kind: string): readonly number[] =>
    lines.flatMap((line, i) => (frameOf(line).ch?.endsWith(kind) === true ? [i] : []));

  beforeAll(async () => {
    lines = [];
    for await (const line of recordedLines(`${FOLDER}/${NAME}`)) lines.push(line);
    whole = await played(lines);
    const text = readFileSync(pathOf(`${FOLDER}/EXPECTED.json`), 'utf8');
    expected = (JSON.parse(text) as Record<string, Expected>)[NAME]!;
    for (const frame of lines.map(frameOf)) {
      const ownSymbol = frame.ch?.split('.')[1];
      if (ownSymbol === undefined || frame.ch?.endsWith('trade.detail') !== true || past.has(ownSymbol)) continue;
      past.set(ownSymbol, frame.tick?.data ?? []);
    }
  });

  test('(a) every frame is unpacked and counted, and nothing is at fault', () => {
    expect(whole.facts.records).toEqual({ ...expected.records, ping: expected.pings });
    expect(whole.facts.badLines).toBe(expected.undecodable);
    expect(whole.facts.faults).toEqual([]);
    expect(whole.facts.drops).toEqual({ 'history-trade': past.size });
    expect(Object.keys(whole.facts.symbols)).toEqual(Object.keys(expected.symbols).sort());
    const books = whole.events.filter(({ kind }) => kind === 'book-snapshot');
    expect(books).toHaveLength(expected.records['depth.step0']!);
  });

  test('(a) every book ends as the last frame has it, in coins', () => {
    for (const { id, ownSymbol, sizeStep } of SPECS) {
      const { lastDepth, depthVersionWentBackwards } = expected.symbols[ownSymbol]!;
      const { book } = whole.facts.symbols[ownSymbol]!;
      const inCoins = ([price, contracts]: readonly [string, number]) => [
        price,
        decimalText(productOf(exactDecimal(contracts), exactDecimal(sizeStep))),
      ];
      expect(
        {
          ...{ mrid: book!.finalUpdateId, bids: book!.final!.bidLevels, asks: book!.final!.askLevels },
          ...{ bestBid: book!.final!.bestBid, bestAsk: book!.final!.bestAsk, crossed: book!.final!.crossed },
        },
        ownSymbol,
      ).toEqual({
        ...{ mrid: lastDepth.mrid, bids: lastDepth.bids, asks: lastDepth.asks },
        ...{ bestBid: inCoins(lastDepth.bestBid), bestAsk: inCoins(lastDepth.bestAsk), crossed: false },
      });
      const last = lines.map(frameOf).findLast(({ ch }) => ch === `market.${ownSymbol}.depth.step0`)!;
      const told = whole.events.findLast((event) => event.kind === 'book-snapshot' && event.instrument === id);
      expect([last.ts, last.tick?.version], ownSymbol).toEqual([lastDepth.ts, lastDepth.version]);
      expect(told, ownSymbol).toMatchObject({ eventTime: last.tick?.ts });
      expect(depthVersionWentBackwards).toBe(0);
    }
  });

  test('(a) the trades that are told and those of before the subscription are all that were sent, halved and in coins', () => {
    for (const { ownSymbol, sizeStep } of SPECS) {
      const sent = expected.symbols[ownSymbol]!['trades (amount as sent)'];
      const { trades: told } = whole.facts.symbols[ownSymbol]!;
      const before = past.get(ownSymbol)!;
      const perContract = productOf(exactDecimal(sizeStep), HALF);
      const sizeOf = ({ amount }: RawTrade): ExactDecimal => productOf(exactDecimal(amount), perContract);
      const sizes = (side?: string) =>
        total(before.filter(({ direction }) => (side ?? direction) === direction).map(sizeOf));
      const values = total(before.map((trade) => productOf(sizeOf(trade), exactDecimal(trade.price))));
      const all = (sum: string, more: ExactDecimal): string => decimalText(sumOf(exactDecimal(sum), more));
      const inCoins = (contracts: string): string => decimalText(productOf(exactDecimal(contracts), perContract));
      expect(
        {
          count: told.count + before.length,
          size: all(told.sizeSum, sizes()),
          bought: all(told.takerBuySizeSum, sizes('buy')),
          sold: all(told.takerSellSizeSum, sizes('sell')),
          value: all(told.priceTimesSizeSum, values),
          first: [before[0]!.id, before[0]!.ts],
          last: told.count === 0 ? [before.at(-1)!.id, before.at(-1)!.ts] : [Number(told.lastId), told.lastTime],
        },
        ownSymbol,
      ).toEqual({
        count: sent.count,
        size: inCoins(sent.sumQty),
        bought: inCoins(sent.sumQtyTakerBuy),
        sold: inCoins(sent.sumQtyTakerSell),
        value: inCoins(sent.sumPriceTimesQty),
        first: [sent.firstId, sent.firstTime],
        last: [sent.lastId, sent.lastTime],
      });
    }
  });

  test('every recorded quantity is the amount of both sides times one contract size, and every amount is even', () => {
    const raw = lines.flatMap((line) => frameOf(line).tick?.data ?? []);
    expect(raw).toHaveLength(17);
    expect(raw.every(({ amount }) => amount % 2 === 0)).toBe(true);
    for (const { ownSymbol, sizeStep } of SPECS)
      expect(past.get(ownSymbol)!.every(({ amount, quantity }) => quantity === amount * Number(sizeStep))).toBe(true);
  });

  test('pings are answered as the recorded client answered them', () => {
    const sent = lines.map(lineOf).flatMap(({ k, d }) => (k === 'out' && d?.includes('pong') === true ? [d] : []));
    const replies = lines.map(textOf).flatMap((text) => htxWire.replyTo?.(text) ?? []);
    expect(replies).toHaveLength(expected.pings);
    expect(replies).toEqual(sent);
  });

  test('(b) a missing book is made good by the next one: there are no updates to miss', async () => {
    const depths = indexesOf('depth.step0');
    const missing = await played(lines.toSpliced(depths[Math.floor(depths.length / 2)]!, 1));
    expect(missing.events.filter(({ kind }) => kind === 'gap')).toEqual([]);
    for (const { id } of SPECS)
      expect(bookText(missing.feed.session!.book(id))).toBe(bookText(whole.feed.session!.book(id)));
  });

  test('(c) a doubled line changes nothing', async () => {
    const doubled = await played(lines.flatMap((line) => (lineOf(line).k === 'in' ? [line, line] : [line])));
    expect(trades(doubled)).toHaveLength(trades(whole).length);
    expect(doubled.facts.drops).toEqual({
      'history-trade': past.size,
      'duplicate-trade': trades(whole).length + past.size,
      'duplicate-book': expected.records['depth.step0'],
    });
    for (const { id } of SPECS)
      expect(bookText(doubled.feed.session!.book(id))).toBe(bookText(whole.feed.session!.book(id)));
  });

  test('(d) a cut and a reconnection count no trade twice, take the first one for history again, and keep the books', async () => {
    const half = Math.floor(lines.length / 2);
    const open = retimed(lines[0]!, lines[half]!);
    const newest = SPECS.map(({ ownSymbol }) =>
      lines.slice(0, half).findLast((line) => frameOf(line).ch === `market.${ownSymbol}.trade.detail`)!,
    );
    const again = newest.map((line) => retimed(line, lines[half]!));
    const rejoined = await played([...lines.slice(0, half), open, ...again, ...lines.slice(half)]);
    const repeated = newest.flatMap((line) => frameOf(line).tick?.data ?? []).length;
    expect(trades(rejoined).map(({ id }) => id)).toEqual(trades(whole).map(({ id }) => id));
    expect(rejoined.facts.drops).toEqual({ 'history-trade': past.size + repeated });
    const told = rejoined.events.flatMap((event) =>
      'channel' in event && 'instrument' in event && event.instrument === BUSY ? [[event.kind, event.channel]] : [],
    );
    expect(told).toEqual([
      ['gap', 'book'],
      ['gap', 'trades'],
      ['resumed', 'trades'],
      ['resumed', 'book'],
    ]);
    for (const { id } of SPECS)
      expect(bookText(rejoined.feed.session!.book(id))).toBe(bookText(whole.feed.session!.book(id)));
  });

  test('(e) a book that comes after a newer one is left out', async () => {
    const [first, second] = indexesOf('SNX-USDT.depth.step0');
    const swapped = await played(
      lines
        .with(first!, retimed(lines[second!]!, lines[first!]!))
        .with(second!, retimed(lines[first!]!, lines[second!]!)),
    );
    expect(swapped.facts.drops).toMatchObject({ 'older-book': 1 });
    expect(bookText(swapped.feed.session!.book(BUSY))).toBe(bookText(whole.feed.session!.book(BUSY)));
  });

  test('(f) a truncated frame is told once, and so is one that is no gzip; the feed lives', async () => {
    const at = indexesOf('depth.step0')[100]!;
    const { t } = lineOf(lines[at]!);
    const torn = await played(lines.with(at, packed(t, textOf(lines[at]!).slice(0, 400))));
    expect(torn.facts.faults).toMatchObject([{ code: 'not-json', field: 'frame' }]);
    expect(torn.events.filter(({ kind }) => kind === 'status')).toMatchObject([
      { state: 'amber', venue: 'htx' },
      { state: 'live' },
    ]);
    expect(bookText(torn.feed.session!.book(BUSY))).toBe(bookText(whole.feed.session!.book(BUSY)));
    const cut = await played(
      lines.with(at, JSON.stringify({ t, k: 'in', b64: lineOf(lines[at]!).b64!.slice(0, 200) })),
    );
    expect(cut.facts.faults).toMatchObject([{ code: 'bad-gzip' }]);
    expect(trades(cut)).toHaveLength(trades(whole).length);
  });
});
