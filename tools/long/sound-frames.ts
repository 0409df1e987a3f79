import { createReadStream, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { createGunzip } from 'node:zlib';
import type { VenueId } from '@liquidation-heatmap/core';
import { readLines } from '@liquidation-heatmap/feeds';
import { createVenueHost, type VenueName } from '@liquidation-heatmap/venue-server';
import { recordingsDir } from '../recordings.js';
import { WRITTEN_FRAMES } from './written-frames.js';

const START = Date.UTC(2026, 8, 21, 12);
/** Long enough for every stream to have spoken. */
const HEARD_MS = 12_000;
/** Longer frames take longer to break than they teach. */
const LONGEST = 6_000;
const KEPT = 400;

/** Where a venue of this machine is asked for what. */
const ASKED: Readonly<Record<VenueName, readonly (readonly [url: string, hello: readonly string[]])[]>> = {
  binance: [
    ['wss://fstream.binance.com/public/stream?streams=btcusdt@depth@100ms/btcusdt@bookTicker', []],
    ['wss://fstream.binance.com/market/stream?streams=btcusdt@aggTrade/btcusdt@markPrice@1s/btcusdt@forceOrder', []],
  ],
  bybit: [
    [
      'wss://stream.bybit.com/v5/public/linear',
      [
        '{"op":"subscribe","args":["orderbook.50.BTCUSDT","publicTrade.BTCUSDT","tickers.BTCUSDT","allLiquidation.BTCUSDT"]}',
      ],
    ],
  ],
  okx: [
    [
      'wss://ws.okx.com:8443/ws/v5/public',
      ['books', 'trades', 'mark-price', 'open-interest', 'funding-rate'].map((channel) =>
        JSON.stringify({ op: 'subscribe', args: [{ channel, instId: 'BTC-USDT-SWAP' }] }),
      ),
    ],
  ],
  hyperliquid: [
    [
      'wss://api.hyperliquid.xyz/ws',
      ['l2Book', 'trades', 'activeAssetCtx'].map((type) =>
        JSON.stringify({ method: 'subscribe', subscription: { type, coin: 'BTC' } }),
      ),
    ],
  ],
};

/** Folders of recordings by venue. */
const FOLDERS: Partial<Record<VenueId, string>> = {
  'binance': 'binance-usdm',
  'binance-coinm': 'binance-coinm',
  'bybit': 'bybit',
  'okx': 'okx',
  'okx-inverse': 'okx',
  'hyperliquid': 'hyperliquid',
  'deribit': 'deribit',
  'kraken': 'kraken-futures',
  'bitget': 'bitget',
  'gate': 'gate',
};

/** Sound frames of a venue: what the venue server sends, what was written by hand, and what was recorded where recordings are. */
export async function soundFrames(venue: VenueId): Promise<readonly string[]> {
  const served = venue in ASKED ? servedFrames(venue as VenueName) : [];
  return [...served, ...(WRITTEN_FRAMES[venue] ?? []), ...(await recordedFrames(venue))];
}

function servedFrames(venue: VenueName): readonly string[] {
  const host = createVenueHost({ seed: 1, startTime: START, symbols: ['BTCUSDT'], historyMs: 0 });
  const heard: string[] = [];
  for (const [url, hello] of ASKED[venue]) {
    const outcome = host.connect(url);
    if (outcome.outcome !== 'open') throw new Error(`${url} must open`);
    outcome.socket.onText((text) => heard.push(text));
    for (const text of hello) outcome.socket.send(text);
  }
  host.market(venue, 'BTCUSDT').addLiquidation(START, 'long', 60_000, 0.5);
  host.advance(START + HEARD_MS);
  return heard.filter(({ length }) => length <= LONGEST).slice(0, KEPT);
}

async function recordedFrames(venue: VenueId): Promise<readonly string[]> {
  const folder = join(recordingsDir(), 'venues', FOLDERS[venue] ?? 'none');
  const frames: string[] = [];
  for (const name of namesIn(folder)) {
    for await (const line of readLines(createReadStream(join(folder, name)).pipe(createGunzip()))) {
      const { k, d } = JSON.parse(line) as { readonly k: string; readonly d?: string };
      if (k === 'in' && d !== undefined && d.length <= LONGEST) frames.push(d);
      if (frames.length >= KEPT) return frames;
    }
  }
  return frames;
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder).filter((name) => name.endsWith('.ndjson.gz'));
  } catch {
    return [];
  }
}
