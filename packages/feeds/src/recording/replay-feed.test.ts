import { gunzipSync, gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import type { MarketEvent, UnixMs } from '@liquidation-heatmap/core';
import { handWrittenSession, record, START } from '../../test/hand-written-session.js';
import { replayed } from '../../test/replayed.js';
import { binance } from '../venues/binance/index.js';
import { gunzipped, readLines } from './read-lines.js';
import { parseRecordedLine } from './recording-format.js';
import { ReplayFeed } from './replay-feed.js';

async function collected<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const result: Item[] = [];
  for await (const item of items) result.push(item);
  return result;
}

describe('lines', () => {
  const text = 'first\nsécond €\n\nlast';
  const bytes = new TextEncoder().encode(text);

  test.each([1, 2, 3, 7, 1_000])('are the same in chunks of %i bytes', async (size) => {
    const chunks = Array.from({ length: Math.ceil(bytes.length / size) }, (_, i) =>
      bytes.slice(i * size, (i + 1) * size),
    );
    expect(await collected(readLines(chunks))).toEqual(['first', 'sécond €', 'last']);
  });

  test('gzip is unpacked by whoever knows how, plain bytes pass', async () => {
    const unpack = async function* (chunks: AsyncIterable<Uint8Array>) {
      yield new Uint8Array(gunzipSync(Buffer.concat(await collected(chunks))));
    };
    const stream = async function* (whole: Uint8Array) {
      await Promise.resolve();
      yield whole.slice(0, 5);
      yield whole.slice(5);
    };
    for (const whole of [bytes, new Uint8Array(gzipSync(bytes))]) {
      expect(await collected(readLines(gunzipped(stream(whole), unpack)))).toHaveLength(3);
    }
  });
});

test.each([
  ['not json', 'line 4'],
  ['{"t":1', 'line 4'],
  ['[1]', 'line 4'],
  ['{"k":"in","d":"x"}', 'line 4, t'],
  [`{"t":"${START}","k":"in","d":"x"}`, 'line 4, t'],
  [`{"t":${START},"k":"closed"}`, 'line 4, k'],
  [`{"t":${START},"k":"open"}`, 'line 4, url'],
  [`{"t":${START},"k":"in"}`, 'line 4, d'],
  [`{"t":${START},"k":"rest","url":"https://x"}`, 'line 4, d'],
])('the line %s is refused with its number and field', (line, field) => {
  expect(parseRecordedLine(line, 4)).toMatchObject({ ok: false, fault: { code: 'bad-line', field } });
});

test('a binary frame of a venue that sends none is a counted fault', async () => {
  const lines = handWrittenSession(3).toSpliced(5, 0, record(90, 'in', { b64: 'AAAA' }));
  const { facts } = await replayed(lines);
  expect(facts.faults).toMatchObject([{ code: 'binary-frame', field: 'line 6, b64' }]);
});

test('a gzip frame of a venue that packs all of them is read as its text, and a broken one is a counted fault', async () => {
  const packed = (text: string): string => gzipSync(text).toString('base64');
  const lines = handWrittenSession(3).map((line) => {
    const { d, ...rest } = JSON.parse(line) as { k: string; d: string };
    return rest.k === 'in' ? JSON.stringify({ ...rest, b64: packed(d) }) : line;
  });
  const adapters = [{ ...binance, isGzipped: true }];
  const [plain, unpacked] = [await replayed(handWrittenSession(3)), await replayed(lines, undefined, { adapters })];
  expect(unpacked.events).toEqual(plain.events);
  const broken = await replayed([...lines, record(90, 'in', { b64: 'AAAA' })], undefined, { adapters });
  expect(broken.facts.faults).toMatchObject([{ code: 'bad-gzip', field: `line ${String(lines.length + 1)}, b64` }]);
});

test('the instrument comes first, and every kind of event of the session comes after it', async () => {
  const { events, facts } = await replayed(handWrittenSession());
  expect(events[0]).toMatchObject({ kind: 'instrument', spec: { tickSize: '0.10', symbol: 'BTCUSDT' } });
  expect(new Set(events.map((event) => event.kind))).toEqual(
    new Set(['instrument', 'tick', 'book-snapshot', 'book-delta', 'trade', 'mark', 'index', 'funding', 'liquidation']),
  );
  expect(facts).toMatchObject({
    faults: [],
    drops: {},
    symbols: { BTCUSDT: { trades: { count: 60 }, liquidations: { count: 1, longSizeSum: '0.5' } } },
  });
});

test('the recorder 900 ms behind the venue is set right', async () => {
  const { events } = await replayed(handWrittenSession());
  const trades = events.filter((event) => event.kind === 'trade');
  const delays = trades.map((trade) => trade.seenTime - trade.eventTime);
  expect(Math.min(...delays)).toBeGreaterThanOrEqual(0);
  expect(Math.max(...delays)).toBeLessThan(50);
});

test('a recorder five minutes ahead, whose first frame is broken, still plays in the time of the venue', async () => {
  const ahead = handWrittenSession().map((line) =>
    JSON.stringify({ ...(JSON.parse(line) as { t: number }), t: (JSON.parse(line) as { t: number }).t + 300_000 }),
  );
  const { events, feed } = await replayed(
    ahead.toSpliced(4, 0, JSON.stringify({ t: START + 299_100, k: 'in', d: '{"stream":' })),
  );
  expect(feed.lateEvents).toBe(0);
  expect(events.filter((event) => event.kind === 'trade')).toHaveLength(60);
  for (const event of events) expect(Math.abs(event.seenTime - START)).toBeLessThan(10_000);
});

test('history that comes before the first frame is put in order, history after it is left out and counted', async () => {
  const row = (start: number) => [start, '5', '7', '4', '6', '10', start + 59_999, '0', 3, '4', '0', '0'];
  const klines = record(0, 'rest', {
    url: 'https://fapi.binance.com/fapi/v1/klines?symbol=BTCUSDT',
    d: JSON.stringify([row(START - 240_000), row(START - 120_000)]),
  });
  const interest = record(0, 'rest', {
    url: 'https://fapi.binance.com/futures/data/openInterestHist?symbol=BTCUSDT',
    d: JSON.stringify([{ symbol: 'BTCUSDT', sumOpenInterest: '10', timestamp: START - 200_000 }]),
  });
  const lines = handWrittenSession(5);
  const { events, feed } = await replayed([
    klines,
    interest,
    ...lines,
    klines.replace(String(START - 900), String(START + 9_000)),
  ]);
  expect(events.slice(0, 4).map((event) => event.kind)).toEqual(['instrument', 'open-interest', 'bar', 'bar']);
  expect(events.map((event) => event.seenTime)).toEqual(events.map((event) => event.seenTime).sort((a, b) => a - b));
  expect(feed.lateEvents + (feed.session?.counters.drops['bar-beside-trades'] ?? 0)).toBe(2);
});

test('trades are taken from one stream only, from aggregated ones where they are subscribed', async () => {
  const trade = { e: 'trade', E: START, T: START, s: 'BTCUSDT', t: 1, p: '60000.10', q: '1', X: 'MARKET', m: true };
  const lines = handWrittenSession(5).toSpliced(
    6,
    0,
    record(110, 'in', { d: JSON.stringify({ stream: 'btcusdt@trade', data: trade }) }),
  );
  const { facts } = await replayed(lines);
  expect(facts.symbols['BTCUSDT']!.trades.count).toBe(5);
  expect(facts.drops).toMatchObject({ 'other-trade-stream': 1 });
});

test('a changed tick size restarts the book and tells the instrument anew', async () => {
  const filters = [
    { filterType: 'PRICE_FILTER', tickSize: '0.01' },
    { filterType: 'LOT_SIZE', stepSize: '0.001' },
  ];
  const d = JSON.stringify({
    symbols: [{ symbol: 'BTCUSDT', contractType: 'PERPETUAL', baseAsset: 'BTC', quoteAsset: 'USDT', filters }],
  });
  const lines = handWrittenSession(20);
  const { events, feed } = await replayed(
    lines.toSpliced(30, 0, record(1_200, 'rest', { url: 'https://fapi.binance.com/fapi/v1/exchangeInfo', d })),
  );
  const specs = events.filter((event) => event.kind === 'instrument').map((event) => event.spec.tickSize);
  expect(specs).toEqual(['0.10', '0.01']);
  expect(feed.session!.book('binance:BTCUSDT')).toBeUndefined();
  expect(events.filter((event) => event.kind === 'gap').map((event) => event.channel)).toContain('book');
});

describe('pace', () => {
  /** A clock that only sleeping moves. */
  function virtualPace() {
    let time = 1_000;
    return {
      now: () => time as UnixMs,
      sleep: (ms: number) => {
        time += ms;
        return Promise.resolve();
      },
    };
  }

  test.each([1, 60])('at a speed of %i, market time passes that many times as fast', async (speed) => {
    const pace = virtualPace();
    const d = JSON.stringify([{ symbol: 'BTCUSDT', sumOpenInterest: '10', timestamp: START - 86_400_000 }]);
    const past = record(0, 'rest', {
      url: 'https://fapi.binance.com/futures/data/openInterestHist?symbol=BTCUSDT',
      d,
    });
    const feed = new ReplayFeed({ adapters: [binance], speed, pace });
    const shown: { seen: number; clock: number }[] = [];
    for await (const event of feed.events([past, ...handWrittenSession()]))
      shown.push({ seen: event.seenTime, clock: pace.now() });
    const first = shown.find(({ seen }) => seen >= START)!;
    const last = shown.at(-1)!;
    const history = shown.filter(({ seen }) => seen < START);
    expect(
      history.map(({ clock }) => clock),
      'history takes no time',
    ).toEqual([1_000, 1_000]);
    const ratio = (last.seen - first.seen) / (last.clock - first.clock) / speed;
    expect(ratio).toBeGreaterThan(0.9);
    expect(ratio).toBeLessThan(1.1);
  });

  test('aborting ends the replay', async () => {
    const stop = new AbortController();
    const seen: MarketEvent[] = [];
    for await (const event of new ReplayFeed({ adapters: [binance], signal: stop.signal }).events(
      handWrittenSession(),
    )) {
      seen.push(event);
      if (seen.length === 10) stop.abort();
    }
    expect(seen).toHaveLength(10);
  });

  test('a speed that is not above 0 is a bug of the caller', () => {
    expect(() => new ReplayFeed({ adapters: [binance], speed: 0, pace: virtualPace() })).toThrow(
      'Speed must be above 0',
    );
  });
});
