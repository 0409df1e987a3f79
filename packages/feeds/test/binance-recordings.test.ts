import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Instrument, InstrumentId, UnixMs } from '@liquidation-heatmap/core';
import { parseRecordedLine, type RecordedMessage } from '../src/recording/recording-format.js';
import type { SymbolFacts } from '../src/recording/symbol-facts.js';
import type { VenueAdapter, VenueSession } from '../src/feed.js';
import { binanceCoinm } from '../src/venues/binance-coinm/index.js';
import { LINE as coinm } from '../src/venues/binance-coinm/instruments.js';
import { binance } from '../src/venues/binance/index.js';
import { parseBookTicker, type Quote } from '../src/families/binance/parse.js';
import type { WireBookTicker } from '../src/families/binance/wire.js';
import { contractOf } from '../src/wire-levels.js';
import { pathOf, recordedLines, whyAbsent } from './recordings.js';
import { replayed, type Replayed } from './replayed.js';

/** COIN-M counts contracts: with a multiplier of 1 its amounts compare as they are. */
const PIECES = ['BTCUSD_PERP', 'ETHUSD_PERP'].map((ownSymbol): Instrument => ({
  ...coinm.tabledInstrument(ownSymbol, 0 as UnixMs)!,
  contractMultiplier: 1,
}));
const USDM = { folder: 'venues/binance-usdm', adapter: binance, instruments: [] as readonly Instrument[] };
const COINM = { folder: 'venues/binance-coinm', adapter: binanceCoinm, instruments: PIECES };
const CASES = [
  ['btcusdt-2024-08-08.ndjson.gz', USDM],
  ['multi-4-symbols-2021-07-22.ndjson.gz', USDM],
  ['btcusd_perp-2024-08-08-part1.ndjson.gz', COINM],
  ['ethusd_perp-2024-08-08-part1.ndjson.gz', COINM],
] as const;

type Level = readonly [string, string];
interface ExpectedTrades {
  count: number;
  sumQty: string;
  sumQtyTakerBuy: string;
  sumQtyTakerSell: string;
  sumPriceTimesQty: string;
  firstId: number;
  lastId: number;
  idJumps: number;
  byX?: Record<string, number>;
  firstTime: number;
  lastTime: number;
}
interface ExpectedSymbol {
  restSnapshot: { lastUpdateId: number; bids: number; asks: number; bufferedBeforeSnapshot: number };
  depth: {
    applied: number;
    droppedStale: number;
    firstApplied: { U: number; u: number; pu: number; straddlesSnapshot: boolean };
    finalUpdateId: number;
    gaps: unknown[];
    neverSynced: boolean;
    bufferedForever: number;
  };
  finalBook: {
    bidLevels: number;
    askLevels: number;
    bestBid: Level;
    bestAsk: Level;
    topBids: Level[];
    topAsks: Level[];
    sumBidQty: string;
    sumAskQty: string;
    crossed: boolean;
  };
  trades?: ExpectedTrades;
  aggTrades?: ExpectedTrades;
  lastBookTicker: { u: number; bid: Level; ask: Level };
  selfCheck_depthVsBookTicker: { compared: number; equal: number };
}
interface ExpectedRecording {
  records: Record<string, number>;
  durationMs: number;
  firstReceiveMs: number;
  lastReceiveMs: number;
  symbols: Record<string, ExpectedSymbol>;
}

describe.each(CASES)('recording %s', (name, { folder, adapter, instruments }) => {
  const path = `${folder}/${name}`;
  const absent = whyAbsent(path);

  describe.skipIf(absent !== undefined)(absent ?? 'replayed', () => {
    let expected: ExpectedRecording;
    let result: Replayed;
    beforeAll(async () => {
      const text = readFileSync(pathOf(`${folder}/EXPECTED.json`), 'utf8');
      expected = (JSON.parse(text) as Record<string, ExpectedRecording>)[name]!;
      result = await replayed(recordedLines(path), undefined, { adapters: [adapter], instruments });
    }, 60_000);

    test('every line and every frame is counted by stream', () => {
      const { records, durationMs, firstReceiveMs, lastReceiveMs } = result.facts;
      const frames = Object.fromEntries(Object.entries(records).filter(([stream]) => !stream.startsWith('rest:')));
      expect({ records: frames, durationMs, firstReceiveMs, lastReceiveMs }).toEqual({
        records: expected.records,
        durationMs: expected.durationMs,
        firstReceiveMs: expected.firstReceiveMs,
        lastReceiveMs: expected.lastReceiveMs,
      });
      expect(result.facts.faults).toEqual([]);
      expect(result.facts.badLines).toBe(0);
    });

    test('trades, ids and sums by taker side are exact', () => {
      for (const [symbol, facts] of Object.entries(result.facts.symbols)) {
        const { idJumps, byX, ...trades } = (expected.symbols[symbol]!.trades ?? expected.symbols[symbol]!.aggTrades)!;
        expect(inTheirWords(facts).trades, symbol).toEqual(trades);
        expect(result.facts.drops['trade-id-jump'] ?? 0).toBe(idJumps);
        expect(byX ?? { MARKET: trades.count }, 'nothing traded off the book').toEqual({ MARKET: trades.count });
        expect(result.facts.drops['off-book'] ?? 0).toBe(0);
      }
      expect(Object.keys(result.facts.symbols).sort()).toEqual(Object.keys(expected.symbols).sort());
    });

    test('the book joins its snapshot where it must and ends exactly as expected', () => {
      for (const [symbol, facts] of Object.entries(result.facts.symbols)) {
        const { restSnapshot, depth, finalBook } = expected.symbols[symbol]!;
        expect(inTheirWords(facts), symbol).toMatchObject({ restSnapshot, depth, finalBook });
      }
    });

    test('the book equals the best quote of the venue at every update id both name', async () => {
      const checked = await compareWithQuotes(path, adapter, instruments);
      for (const [symbol, check] of Object.entries(checked)) {
        const { selfCheck_depthVsBookTicker: selfCheck, lastBookTicker } = expected.symbols[symbol]!;
        expect({ compared: check.compared, equal: check.equal }, symbol).toEqual(selfCheck);
        expect(check.unequalLater, symbol).toBe(0);
        expect(check.lastUpdateId, symbol).toBe(lastBookTicker.u);
      }
    }, 60_000);

    test('seenTime never decreases and never lies before the event that taught the clock', () => {
      let newest = Number.NEGATIVE_INFINITY;
      let decreasing = 0;
      let early = 0;
      for (const event of result.events) {
        if (event.seenTime < newest) decreasing++;
        newest = event.seenTime;
        if ('eventTime' in event && event.kind !== 'gap' && event.seenTime < event.eventTime - 1) early++;
      }
      expect({ decreasing, early }).toEqual({ decreasing: 0, early: 0 });
    });

    test('a tick comes at every whole second the recording spans', () => {
      const ticks = result.events.filter((event) => event.kind === 'tick').map((event) => event.seenTime);
      ticks.forEach((time, i) => expect(time).toBe(ticks[0]! + i * 1_000));
      expect(Math.abs(ticks.length - expected.durationMs / 1_000)).toBeLessThanOrEqual(1.3);
    });
  });
});

describe.each(['btcusd', 'ethusd'])('one connection of %s cut at midnight into two files', (pair) => {
  const names = [`${pair}_perp-2024-08-08-part1.ndjson.gz`, `${pair}_perp-2024-08-09-part2.ndjson.gz`] as const;
  const paths = names.map((name) => `${COINM.folder}/${name}`);
  const absent = paths.map(whyAbsent).find((reason) => reason !== undefined);

  test.skipIf(absent !== undefined)(
    absent ?? 'the second continues the first without a snapshot, in USD',
    async () => {
      const result = await replayed(joined(paths), undefined, { adapters: [binanceCoinm] });
      const text = readFileSync(pathOf(`${COINM.folder}/EXPECTED.json`), 'utf8');
      const expected = JSON.parse(text) as Record<string, ExpectedRecording>;
      const symbol = `${pair.toUpperCase()}_PERP`;
      const [first, second] = names.map((name) => expected[name]!.symbols[symbol]!) as [ExpectedSymbol, ExpectedSymbol];
      const { book, trades, instrument } = result.facts.symbols[symbol]!;
      const usd = pair === 'btcusd' ? 100 : 10;
      expect(instrument).toMatchObject({ id: `binance-coinm:${symbol}`, kind: 'inverse' });
      expect(book).toMatchObject({ finalUpdateId: second.depth.finalUpdateId, gaps: 0, state: 'in-sync' });
      expect(book!.applied).toBe(first.depth.applied + second.depth.applied);
      expect(Number(book!.final!.bidSizeSum)).toBe(Number(second.finalBook.sumBidQty) * usd);
      expect(Number(book!.final!.askSizeSum)).toBe(Number(second.finalBook.sumAskQty) * usd);
      const sold = Number(first.trades!.sumQtyTakerSell) + Number(second.trades!.sumQtyTakerSell);
      expect(Number(trades.takerSellSizeSum)).toBe(sold * usd);
      expect(trades.count).toBe(first.trades!.count + second.trades!.count);
    },
    60_000,
  );
});

/** Lines of several files as of one connection: the later files' sockets do not open anew. */
async function* joined(paths: readonly string[]): AsyncGenerator<string> {
  for (const [index, path] of paths.entries()) {
    for await (const line of recordedLines(path)) if (index === 0 || !line.includes('"k":"open"')) yield line;
  }
}

/** Our facts in the shape of the expectation. */
function inTheirWords({ trades, book }: SymbolFacts) {
  const first = book!.firstApplied!;
  const final = book!.final!;
  return {
    trades: {
      count: trades.count,
      sumQty: trades.sizeSum,
      sumQtyTakerBuy: trades.takerBuySizeSum,
      sumQtyTakerSell: trades.takerSellSizeSum,
      sumPriceTimesQty: trades.priceTimesSizeSum,
      firstId: Number(trades.firstId),
      lastId: Number(trades.lastId),
      firstTime: trades.firstTime,
      lastTime: trades.lastTime,
    },
    restSnapshot: {
      lastUpdateId: book!.snapshotUpdateId,
      bids: book!.snapshotBidLevels,
      asks: book!.snapshotAskLevels,
      bufferedBeforeSnapshot: book!.bufferedBeforeSnapshot,
    },
    depth: {
      applied: book!.applied,
      droppedStale: book!.droppedStale,
      firstApplied: {
        U: first.first,
        u: first.last,
        pu: first.previous,
        straddlesSnapshot: first.first <= book!.snapshotUpdateId! && book!.snapshotUpdateId! <= first.last,
      },
      finalUpdateId: book!.finalUpdateId,
      gaps: book!.gaps === 0 ? [] : ['gap'],
      neverSynced: book!.state !== 'in-sync',
      bufferedForever: book!.pending,
    },
    finalBook: {
      bidLevels: final.bidLevels,
      askLevels: final.askLevels,
      bestBid: final.bestBid,
      bestAsk: final.bestAsk,
      topBids: final.topBids,
      topAsks: final.topAsks,
      sumBidQty: final.bidSizeSum,
      sumAskQty: final.askSizeSum,
      crossed: final.crossed,
    },
  };
}

interface QuoteCheck {
  /** Quotes that came before the book reached their update id: those the expectation counts. */
  compared: number;
  equal: number;
  /** Quotes that came after it and differ. */
  unequalLater: number;
  lastUpdateId: number;
}

/** Compares the best levels of the book with the venue's quote whenever both stand at the same update id. */
class QuoteComparison {
  readonly checks: Record<string, QuoteCheck> = {};
  readonly #session: VenueSession;
  readonly #quotes = new Map<string, Quote>();
  readonly #books = new Map<string, Quote>();

  constructor(session: VenueSession) {
    this.#session = session;
  }

  read(message: RecordedMessage): void {
    if (message.kind === 'open') this.#session.onOpen(message.url, message.time);
    if (message.kind === 'rest') this.#session.onRest(message.url, message.text, message.time);
    if (message.kind !== 'in') return;
    this.#session.onText(message.text, message.time);
    const { data } = JSON.parse(message.text) as { data: { e: string; s: string } };
    this.checks[data.s] ??= { compared: 0, equal: 0, unequalLater: 0, lastUpdateId: 0 };
    if (data.e === 'bookTicker') this.#onQuote(data.s, data as unknown as WireBookTicker);
    if (data.e === 'depthUpdate') this.#onBook(data.s);
  }

  #onQuote(symbol: string, raw: WireBookTicker): void {
    const spec = this.#session.instruments().find((known) => known.ownSymbol === symbol);
    if (spec === undefined) return;
    const quote = parseBookTicker(raw, contractOf(spec));
    if (!quote.ok) throw new Error(quote.fault.message);
    const check = this.checks[symbol]!;
    check.lastUpdateId = quote.value.sequence;
    this.#quotes.set(`${symbol} ${quote.value.sequence}`, quote.value);
    const book = this.#books.get(symbol);
    if (book?.sequence === quote.value.sequence && !areEqual(book, quote.value)) check.unequalLater++;
  }

  #onBook(symbol: string): void {
    const id: InstrumentId = `${this.#session.venue}:${symbol}`;
    const view = this.#session.book(id);
    const sequence = this.#session.bookState(id)?.lastSequence;
    if (view === undefined || sequence === undefined) return;
    const { bids, asks } = view;
    const best = {
      sequence,
      bidTicks: bids.ticks[0]!,
      bidSize: bids.sizes[0]!,
      askTicks: asks.ticks[0]!,
      askSize: asks.sizes[0]!,
    };
    this.#books.set(symbol, best);
    const quote = this.#quotes.get(`${symbol} ${sequence}`);
    if (quote === undefined) return;
    this.checks[symbol]!.compared++;
    if (areEqual(best, quote)) this.checks[symbol]!.equal++;
  }
}

async function compareWithQuotes(
  path: string,
  adapter: VenueAdapter,
  instruments: readonly Instrument[],
): Promise<Record<string, QuoteCheck>> {
  const comparison = new QuoteComparison(adapter.createSession({ instruments }));
  let line = 0;
  for await (const text of recordedLines(path)) {
    const message = parseRecordedLine(text, ++line);
    if (!message.ok) throw new Error(message.fault.message);
    comparison.read(message.value);
  }
  return comparison.checks;
}

function areEqual(a: Quote, b: Quote): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
