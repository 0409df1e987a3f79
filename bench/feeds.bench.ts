/**
 * Frames of the recorded sessions as venues sent them, read by the adapters (parse, book, events), by the mappers of tardis-dev with its
 * order book, and by bare JSON.parse, in one run.
 */
import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';
import { OrderBook as TardisBook, normalizeBookChanges, normalizeTrades, type BookChange } from 'tardis-dev';
import { BybitV5BookChangeMapper } from 'tardis-dev/dist/mappers/bybit.js';
import type { Instrument, UnixMs } from '@liquidation-heatmap/core';
import { readLines, venueAdapters, type VenueAdapter } from '@liquidation-heatmap/feeds';
import { recordingPath } from '../tools/recordings.js';
import { cpuMs, shownSpread, spreadOf } from './spread.js';

const ROUNDS = 9;
/** Short recordings are read again and again, so that a round takes long enough to be measured. */
const FRAMES_A_ROUND = 90_000;

interface Frame {
  readonly time: UnixMs;
  readonly text: string;
  /** Address of a REST body; undefined for a frame of a socket. */
  readonly url: string | undefined;
}

/** The same recording, named by us and by tardis-dev. */
const CASES = [
  { path: 'venues/binance-usdm/btcusdt-2024-08-08.ndjson.gz', venue: 'binance', exchange: 'binance-futures' },
  { path: 'venues/bybit/xrpusdt-ob500-2024-12-01.ndjson.gz', venue: 'bybit', exchange: 'bybit' },
  { path: 'venues/okx/uni-usd-swap_btc-usdt-2022-05-13.ndjson.gz', venue: 'okx', exchange: 'okex-swap' },
] as const;

/** Instruments of the OKX recording, which no table holds: a spot pair and an inverse swap, sizes as sent. */
const RECORDED = (
  [
    ['BTC-USDT', '0.1'],
    ['UNI-USD-SWAP', '0.001'],
  ] as const
).map(([ownSymbol, tickSize]): Instrument => ({
  id: `okx:${ownSymbol}`,
  venue: 'okx',
  ownSymbol,
  symbol: ownSymbol,
  kind: 'linear',
  tickSize,
  sizeStep: '1',
  contractMultiplier: 1,
}));

/** OKX's mappers are chosen by date; those of today read the channel that was recorded. */
const TODAYS_OKX = new Date('2026-01-01T00:00:00Z');

async function framesOf(path: string): Promise<readonly Frame[]> {
  const frames: Frame[] = [];
  for await (const line of readLines(createReadStream(path).pipe(createGunzip()))) {
    const { t, k, d, url } = JSON.parse(line) as { t: number; k: string; d?: string; url?: string };
    if (d !== undefined && (k === 'in' || k === 'rest'))
      frames.push({ time: t as UnixMs, text: d, url: k === 'rest' ? url : undefined });
  }
  return frames;
}

function bareParse(frames: readonly Frame[]): void {
  for (const { text } of frames) JSON.parse(text);
}

function readOurs(frames: readonly Frame[], adapter: VenueAdapter): number {
  const session = adapter.createSession({ instruments: RECORDED });
  let events = 0;
  for (const { time, text, url } of frames)
    events += (url === undefined ? session.onText(text, time) : session.onRest(url, text, time)).length;
  return events;
}

/** Their mappers want a REST snapshot as a message of a stream of its own. */
function readTheirs(frames: readonly Frame[], exchange: (typeof CASES)[number]['exchange']): number {
  const began = exchange === 'okex-swap' ? TODAYS_OKX : new Date(frames[0]!.time);
  // Their own choice for Bybit is the book of 50 levels, which the recording does not hold.
  const deep = new BybitV5BookChangeMapper('bybit', 500) as unknown as ReturnType<typeof normalizeBookChanges>;
  const books = exchange === 'bybit' ? deep : normalizeBookChanges(exchange, began);
  const mappers = [books, normalizeTrades(exchange, began)];
  const bookOf = new Map<string, TardisBook>();
  let events = 0;
  for (const { time, text, url } of frames) {
    const parsed = JSON.parse(text) as object;
    const symbol = url === undefined ? '' : (new URL(url).searchParams.get('symbol') ?? '').toLowerCase();
    const message = url === undefined ? parsed : { stream: `${symbol}@depthSnapshot`, generated: true, data: parsed };
    for (const mapper of mappers) {
      if (!mapper.canHandle(message)) continue;
      for (const mapped of mapper.map(message, new Date(time)) ?? []) {
        events += 1;
        if (mapped.type !== 'book_change') continue;
        const change: BookChange = mapped;
        const book = bookOf.get(change.symbol) ?? new TardisBook();
        bookOf.set(change.symbol, book);
        book.update(change);
      }
    }
  }
  return events;
}

for (const { path, venue, exchange } of CASES) {
  const found = recordingPath(path);
  const adapter = venueAdapters.find((candidate) => candidate.venue === venue);
  if ('skipReason' in found || adapter === undefined) {
    console.log(`${venue}: skipped, ${'skipReason' in found ? found.skipReason : 'no adapter'}`);
    continue;
  }
  const frames = await framesOf(found.path);
  const repeats = Math.max(1, Math.round(FRAMES_A_ROUND / frames.length));
  const times: Record<string, number[]> = { 'JSON.parse alone': [], 'parse + book + events': [], 'tardis-dev': [] };
  const repeat = (act: () => void) => (): void => {
    for (let i = 0; i < repeats; i++) act();
  };
  for (let round = 0; round < ROUNDS; round++) {
    times['JSON.parse alone']!.push(await cpuMs(repeat(() => bareParse(frames))));
    times['parse + book + events']!.push(await cpuMs(repeat(() => void readOurs(frames, adapter))));
    times['tardis-dev']!.push(await cpuMs(repeat(() => void readTheirs(frames, exchange))));
  }
  const bare = spreadOf(times['JSON.parse alone']!).median;
  const counts = `${String(readOurs(frames, adapter))} events of ours, ${String(readTheirs(frames, exchange))} of theirs`;
  console.log(`${venue}: ${String(frames.length)} frames x ${String(repeats)}; ${counts}`);
  for (const [name, values] of Object.entries(times)) {
    const spread = spreadOf(values);
    console.log(
      `  ${name.padEnd(22)} ${shownSpread(spread, 'CPU ms')}, ${(bare / spread.median).toFixed(2)} of bare JSON.parse`,
    );
  }
}
