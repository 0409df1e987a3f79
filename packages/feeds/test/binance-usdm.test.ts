import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { parseRecordedLine, type RecordedMessage } from '../src/recording/recording-format.js';
import type { SymbolFacts } from '../src/recording/symbol-facts.js';
import { binance } from '../src/venues/binance/index.js';
import { parseBookTicker, type Quote } from '../src/venues/binance/parse.js';
import type { WireBookTicker } from '../src/venues/binance/wire.js';
import { contractOf } from '../src/wire-levels.js';
import { pathOf, recordedLines, whyAbsent } from './recordings.js';
import { replayed, type Replayed } from './replayed.js';

const FOLDER = 'venues/binance-usdm';
const NAMES = ['btcusdt-2024-08-08.ndjson.gz', 'multi-4-symbols-2021-07-22.ndjson.gz'] as const;

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

describe.each(NAMES)('recording %s', (name) => {
  const path = `${FOLDER}/${name}`;
  const absent = whyAbsent(path);

  describe.skipIf(absent !== undefined)(absent ?? 'replayed', () => {
    let expected: ExpectedRecording;
    let result: Replayed;
    beforeAll(async () => {
      const text = readFileSync(pathOf(`${FOLDER}/EXPECTED.json`), 'utf8');
      expected = (JSON.parse(text) as Record<string, ExpectedRecording>)[name]!;
      result = await replayed(recordedLines(path));
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
      const checked = await compareWithQuotes(path);
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
  readonly #session = binance.createSession({});
  readonly #quotes = new Map<string, Quote>();
  readonly #books = new Map<string, Quote>();

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
    const view = this.#session.book(`binance:${symbol}`);
    const sequence = this.#session.bookState(`binance:${symbol}`)?.lastSequence;
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

async function compareWithQuotes(path: string): Promise<Record<string, QuoteCheck>> {
  const comparison = new QuoteComparison();
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
