import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import type { DepthView, InstrumentId, MarketEvent } from '@liquidation-heatmap/core';
import { parseRecordedLine, type RecordedMessage } from '../src/recording/recording-format.js';
import { binance } from '../src/venues/binance/index.js';
import { handWrittenSession } from './hand-written-session.js';
import { recordedLines, whyAbsent } from './recordings.js';
import { bookText, replayed, type Replayed } from './replayed.js';

const MULTI = 'venues/binance-usdm/multi-4-symbols-2021-07-22.ndjson.gz';
const BTC = 'venues/binance-usdm/btcusdt-2024-08-08.ndjson.gz';
const SOURCES = [
  {
    name: 'a hand-written session',
    symbol: 'BTCUSDT',
    absent: undefined,
    read: () => Promise.resolve(handWrittenSession()),
  },
  {
    name: `recording ${MULTI}`,
    symbol: 'SUSHIUSDT',
    absent: whyAbsent(MULTI),
    read: () => collected(recordedLines(MULTI)),
  },
  {
    name: `the first 25,000 lines of recording ${BTC}`,
    symbol: 'BTCUSDT',
    absent: whyAbsent(BTC),
    read: () => collected(recordedLines(BTC), 25_000),
  },
];

describe.each(SOURCES)('$name', ({ symbol, absent, read }) => {
  describe.skipIf(absent !== undefined)(absent ?? 'changed line by line', { timeout: 120_000 }, () => {
    const instrument: InstrumentId = `binance:${symbol}`;
    let lines: string[];
    let whole: Replayed;
    beforeAll(async () => {
      lines = await read();
      whole = await replayed(lines);
    }, 120_000);

    test('(b) a missing depth update is a gap, and the book is not served until a snapshot has joined', async () => {
      const depths = indexesOf(lines, symbol, 'depthUpdate');
      const missing = depths[Math.floor(depths.length / 2)]!;
      const again = depths[Math.floor(depths.length * 0.8)]!;
      const broken = lines.toSpliced(missing, 1);

      const cut = await replayed(broken);
      expect(cut.events.filter((event) => isBookGap(event, instrument))).toHaveLength(1);
      expect(cut.feed.session!.book(instrument)).toBeUndefined();
      expect(cut.feed.session!.bookState(instrument)).toMatchObject({ state: 'gapped', gaps: 1 });
      expect(cut.feed.session!.takeRequests().filter((request) => request.instrument === instrument)).toMatchObject([
        { generation: 2 },
      ]);

      const repaired = broken.toSpliced(again, 0, await snapshotLine(lines, again, symbol));
      const healed = await replayed(repaired);
      const kinds = healed.events.filter((event) => isOfBook(event, instrument)).map((event) => event.kind);
      const gapAt = kinds.indexOf('gap');
      expect(kinds.slice(gapAt, gapAt + 2), 'no delta between the gap and the snapshot').toEqual([
        'gap',
        'book-snapshot',
      ]);
      expect(kinds.indexOf('resumed')).toBeGreaterThan(gapAt);
      expect(bookText(healed.feed.session!.book(instrument))).toBe(bookText(whole.feed.session!.book(instrument)));
    });

    test('(c) a doubled line changes nothing', async () => {
      const doubled = await replayed(lines.flatMap((line) => (isFrame(line) ? [line, line] : [line])));
      expect(withoutCounts(doubled)).toEqual(withoutCounts(whole));
      const trades = whole.events.filter((event) => event.kind === 'trade').length;
      expect(doubled.facts.drops['duplicate-trade']).toBe(trades);
    });

    test('(d) a cut and a reconnection that repeats frames count no trade twice and keep the book', async () => {
      const half = Math.floor(lines.length / 2);
      const opens = lines.filter((line) => messageOf(line).kind === 'open').map((line) => retimed(line, lines[half]!));
      const repeated = lines
        .slice(half - 20, half)
        .filter(isFrame)
        .map((line) => retimed(line, lines[half]!));
      const rejoined = await replayed([...lines.slice(0, half), ...opens, ...repeated, ...lines.slice(half)]);
      expect(withoutCounts(rejoined)).toEqual(withoutCounts(whole));
      const told = rejoined.events
        .filter((event) => isOfBook(event, instrument) && event.kind !== 'book-delta')
        .map((event) => event.kind);
      expect(told).toEqual(['book-snapshot', 'gap', 'resumed']);
    });

    test('(d) trades lost in a cut are a gap on the trades channel, and those that come count once', async () => {
      const half = Math.floor(lines.length / 2);
      const lost = lines
        .slice(half, half + 40)
        .filter((line) => ['trade', 'aggTrade'].includes(eventOf(line)?.e ?? ''));
      const opens = lines.filter((line) => messageOf(line).kind === 'open').map((line) => retimed(line, lines[half]!));
      const rejoined = await replayed([...lines.slice(0, half), ...opens, ...lines.slice(half + 40)]);
      const gaps = rejoined.events.filter((event) => event.kind === 'gap' && event.channel === 'trades');
      expect(gaps.length).toBeGreaterThan(0);
      expect(tradeCount(rejoined)).toBe(tradeCount(whole) - lost.length);
    });

    test.each([0, 8])(
      '(e) a snapshot that comes %i updates after the first one leads to the same book',
      async (updates) => {
        const rest = lines.findIndex(
          (line) => messageOf(line).kind === 'rest' && line.includes(`depth?symbol=${symbol}`),
        );
        const without = lines.toSpliced(rest, 1);
        const at = indexesOf(without, symbol, 'depthUpdate')[updates]!;
        const swapped = await replayed(without.toSpliced(at, 0, retimed(lines[rest]!, without[at]!)));
        expect(bookText(swapped.feed.session!.book(instrument))).toBe(bookText(whole.feed.session!.book(instrument)));
        expect(swapped.events.filter((event) => event.kind === 'gap')).toEqual([]);
      },
    );

    test('(f) a truncated frame is a counted fault that names its place, and the feed lives on', async () => {
      const trades = lines.flatMap((line, i) => (['trade', 'aggTrade'].includes(eventOf(line)?.e ?? '') ? [i] : []));
      const at = trades[Math.floor(trades.length / 2)]!;
      const message = messageOf(lines[at]!);
      const text = message.kind === 'in' ? message.text : '';
      const line = JSON.stringify({ t: message.time, k: 'in', d: text.slice(0, text.length - 25) });
      const result = await replayed(lines.toSpliced(at, 1, line));
      expect(result.facts.faults).toMatchObject([{ code: 'not-json', field: 'frame' }]);
      expect(result.facts.drops).toMatchObject({ malformed: 1 });
      expect(result.events.filter((event) => event.kind === 'status' && event.state === 'amber')).toHaveLength(1);
      expect(tradeCount(result)).toBe(tradeCount(whole) - 1);
      expect(bookText(result.feed.session!.book(instrument))).toBe(bookText(whole.feed.session!.book(instrument)));
    });

    test('(f) a truncated line is a counted fault that names the line, and the rest is played', async () => {
      const at = Math.floor(lines.length / 2);
      const result = await replayed(lines.toSpliced(at, 0, lines[at]!.slice(0, 40)));
      expect(result.facts.badLines).toBe(1);
      expect(result.facts.faults[0]).toMatchObject({ code: 'bad-line', field: `line ${at + 1}` });
      expect(withoutCounts(result)).toEqual(withoutCounts(whole));
    });
  });
});

test('no damage to a frame makes the session throw, and a good frame after it is still read', () => {
  const texts = handWrittenSession(6)
    .map(messageOf)
    .flatMap((message) => (message.kind === 'in' ? [message.text] : []));
  fc.assert(
    fc.property(
      fc.nat(texts.length - 1),
      fc.nat(400),
      fc.constantFrom('', 'NaN', '-1', '"x"', 'null', '[]', '{}', '1e999'),
      (index, at, junk) => {
        const session = binance.createSession({});
        const text = texts[index]!;
        const cut = at % text.length;
        session.onText(text.slice(0, cut) + junk + text.slice(cut + junk.length), 1_790_000_000_000 as never);
        const after = session.onText(
          texts.find((line) => line.includes('"aggTrade"'))!,
          1_790_000_000_500 as never,
        );
        return after.some((event) => event.kind === 'trade') || (session.counters.drops['duplicate-trade'] ?? 0) > 0;
      },
    ),
    { numRuns: 500, seed: 7 },
  );
});

function messageOf(line: string): RecordedMessage {
  const message = parseRecordedLine(line, 0);
  if (!message.ok) throw new Error(message.fault.message);
  return message.value;
}

function isFrame(line: string): boolean {
  return messageOf(line).kind === 'in';
}

/** Event type and symbol of a frame. */
function eventOf(line: string): { readonly e: string; readonly s: string } | undefined {
  const message = messageOf(line);
  if (message.kind !== 'in') return undefined;
  return (JSON.parse(message.text) as { data?: { e: string; s: string } }).data;
}

function indexesOf(lines: readonly string[], symbol: string, type: string): number[] {
  return lines.flatMap((line, index) => {
    const event = line.includes(type) ? eventOf(line) : undefined;
    return event?.e === type && event.s === symbol ? [index] : [];
  });
}

function isOfBook(event: MarketEvent, instrument: InstrumentId): boolean {
  if (!('instrument' in event) || event.instrument !== instrument) return false;
  if (event.kind === 'gap' || event.kind === 'resumed') return event.channel === 'book';
  return event.kind === 'book-snapshot' || event.kind === 'book-delta';
}

function isBookGap(event: MarketEvent, instrument: InstrumentId): boolean {
  return event.kind === 'gap' && isOfBook(event, instrument);
}

function tradeCount(result: Replayed): number {
  return result.events.filter((event) => event.kind === 'trade').length;
}

/** Trades and final books: what a reader sees, without how often something was left out on the way. */
function withoutCounts({ facts, feed }: Replayed) {
  return Object.entries(facts.symbols).map(([symbol, { trades, liquidations }]) => [
    symbol,
    trades,
    liquidations,
    bookText(feed.session!.book(`binance:${symbol}`)),
  ]);
}

/** The line as if it had been received at the time of another one. */
function retimed(line: string, other: string): string {
  return JSON.stringify({ ...(JSON.parse(line) as object), t: messageOf(other).time });
}

/** A REST line with the book as it truly is after the line at `index`. */
async function snapshotLine(lines: readonly string[], index: number, symbol: string): Promise<string> {
  const { feed } = await replayed(lines.slice(0, index + 1));
  const session = feed.session!;
  const view = session.book(`binance:${symbol}`)!;
  const tick = session.instruments().find((spec) => spec.ownSymbol === symbol)!.tickSize;
  const decimals = tick.split('.')[1]?.length ?? 0;
  const levels = ({ ticks, sizes }: DepthView['bids']) =>
    Array.from(ticks, (count, i) => [(count * Number(tick)).toFixed(decimals + 3), String(sizes[i])]);
  const { time } = messageOf(lines[index]!);
  const body = {
    lastUpdateId: session.bookState(`binance:${symbol}`)!.lastSequence,
    E: Math.round(time),
    T: Math.round(time),
    bids: levels(view.bids),
    asks: levels(view.asks),
  };
  return JSON.stringify({
    t: time,
    k: 'rest',
    url: `https://fapi.binance.com/fapi/v1/depth?symbol=${symbol}&limit=1000`,
    d: JSON.stringify(body),
  });
}

async function collected(lines: AsyncIterable<string>, limit = Number.POSITIVE_INFINITY): Promise<string[]> {
  const result: string[] = [];
  for await (const line of lines) {
    if (result.length >= limit) break;
    result.push(line);
  }
  return result;
}
