/**
 * Bytes and messages a minute that a page reads of a symbol at each data rate: the subscriptions that the adapters send, with the rates of
 * the recordings. Where nobody recorded a stream, a frame in its shape is counted at the fastest pace the venue names.
 */
import { createReadStream } from 'node:fs';
import { createGunzip, deflateRawSync } from 'node:zlib';
import type { DataRate, DurationMs, UnixMs } from '@liquidation-heatmap/core';
import { openVenues, readLines, type Runtime } from '@liquidation-heatmap/feeds';
import { recordingPath } from '../tools/recordings.js';

interface Use {
  readonly messages: number;
  readonly bytes: number;
  /** As sent where browser and venue agree on permessage-deflate; all frames of a stream as one text. */
  readonly deflated: number;
  readonly isRecorded: boolean;
}

const MINUTE = 60_000;
const VENUES = ['binance', 'bybit', 'okx'] as const;
const RATES: readonly DataRate[] = ['full', 'plain', 'lite'];

interface Line {
  readonly t: number;
  readonly text: string;
}

async function framesOf(path: string): Promise<readonly Line[]> {
  const found = recordingPath(path);
  if ('skipReason' in found) return [];
  const lines: Line[] = [];
  for await (const line of readLines(createReadStream(found.path).pipe(createGunzip()))) {
    const { t, k, d } = JSON.parse(line) as { t: number; k: string; d?: string };
    if (k === 'in' && d !== undefined) lines.push({ t, text: d });
  }
  return lines;
}

function useOf(texts: readonly string[], spanMs: number, isRecorded: boolean): Use {
  const all = texts.join('');
  const aMinute = MINUTE / spanMs;
  const bytes = Buffer.byteLength(all) * aMinute;
  return { messages: texts.length * aMinute, bytes, deflated: deflateRawSync(all).length * aMinute, isRecorded };
}

/** Frames of a stream that nobody recorded, at a pace; numbers change from frame to frame, as a compressor would find them. */
function paced(everyMs: number, frame: (step: number) => object): Use {
  const count = Math.round(MINUTE / everyMs);
  return useOf(
    Array.from({ length: count }, (_, step) => JSON.stringify(frame(step))),
    MINUTE,
    false,
  );
}

/** Recorded without batches; in batches of 100 ms a level is told once. */
function batched(lines: readonly Line[]): readonly string[] {
  const batches: string[] = [];
  let open: { key: number; frame: Record<string, unknown>; b: Map<string, string>; a: Map<string, string> } | undefined;
  const close = (): void => {
    if (open !== undefined)
      batches.push(
        JSON.stringify({ stream: 'btcusdt@depth@100ms', data: { ...open.frame, b: [...open.b], a: [...open.a] } }),
      );
  };
  for (const { text } of lines) {
    const { data } = JSON.parse(text) as { data: { E: number; b: [string, string][]; a: [string, string][] } };
    const key = Math.floor(data.E / 100);
    if (open?.key !== key) {
      close();
      open = { key, frame: { ...data }, b: new Map(), a: new Map() };
    }
    for (const [price, size] of data.b) open.b.set(price, size);
    for (const [price, size] of data.a) open.a.set(price, size);
  }
  close();
  return batches;
}

/** Fills of one order at one price and moment are one aggregate. */
function aggregated(lines: readonly Line[]): readonly string[] {
  let last = '';
  return lines.flatMap(({ text }) => {
    const { data: d } = JSON.parse(text) as { data: Record<string, unknown> };
    const key = JSON.stringify([d['T'], d['p'], d['m']]);
    if (key === last) return [];
    last = key;
    const data = {
      e: 'aggTrade',
      E: d['E'],
      s: 'BTCUSDT',
      a: d['t'],
      p: d['p'],
      q: d['q'],
      f: d['t'],
      l: d['t'],
      T: d['T'],
      m: d['m'],
    };
    return [JSON.stringify({ stream: 'btcusdt@aggTrade', data })];
  });
}

async function rates(): Promise<readonly (readonly [stream: RegExp, use: Use])[]> {
  const binance = await framesOf('venues/binance-usdm/btcusdt-2024-08-08.ndjson.gz');
  const okx = await framesOf('venues/okx/uni-usd-swap_btc-usdt-2022-05-13.ndjson.gz');
  const bybit = await framesOf('venues/bybit/xrpusdt-ob500-2024-12-01.ndjson.gz');
  const spanOf = (lines: readonly Line[]): number => (lines.at(-1)?.t ?? 1) - (lines[0]?.t ?? 0);
  const those = (lines: readonly Line[], mark: string): readonly Line[] =>
    lines.filter(({ text }) => text.includes(mark));
  const recorded = (lines: readonly Line[], mark: string): Use =>
    useOf(
      those(lines, mark).map(({ text }) => text),
      spanOf(lines),
      true,
    );
  const price = (step: number): string => (61_800 + ((step * 37) % 100) / 10).toFixed(2);
  const at = 1_790_000_000_000;
  const mark = (step: number, everyMs: number): object => ({
    stream: 'btcusdt@markPrice',
    data: {
      e: 'markPriceUpdate',
      E: at + step * everyMs,
      s: 'BTCUSDT',
      p: price(step),
      i: price(step + 1),
      P: price(step + 2),
      r: '0.00010000',
      T: at,
    },
  });
  const ofOkx = (channel: string, step: number, data: object): object => ({
    arg: { channel, instId: 'BTC-USDT-SWAP' },
    data: [{ instId: 'BTC-USDT-SWAP', instType: 'SWAP', ts: String(at + step), ...data }],
  });
  return [
    [/^btcusdt@depth/u, useOf(batched(those(binance, '@depth@0ms')), spanOf(binance), true)],
    [/^btcusdt@aggTrade/u, useOf(aggregated(those(binance, '@trade')), spanOf(binance), true)],
    [/^btcusdt@markPrice@1s/u, paced(1_000, (step) => mark(step, 1_000))],
    [/^btcusdt@markPrice$/u, paced(3_000, (step) => mark(step, 3_000))],
    [
      /^orderbook\./u,
      useOf(
        bybit.slice(1).map(({ text }) => text),
        spanOf(bybit),
        true,
      ),
    ],
    // Nobody recorded trades of BTC there: those of Binance stand for them, in the venue's shape.
    [
      /^publicTrade\./u,
      useOf(
        aggregated(those(binance, '@trade')).map((text) => text.padEnd(240)),
        spanOf(binance),
        false,
      ),
    ],
    [
      /^tickers\./u,
      paced(100, (step) => ({
        topic: 'tickers.BTCUSDT',
        type: 'delta',
        data: {
          symbol: 'BTCUSDT',
          markPrice: price(step),
          indexPrice: price(step + 1),
          bid1Price: price(step),
          bid1Size: '1.302',
          ask1Price: price(step),
          ask1Size: '17.487',
        },
        cs: at + step,
        ts: at + step * 100,
      })),
    ],
    [/^books$/u, recorded(okx, '"channel":"books","instId":"BTC-USDT"')],
    [/^trades$/u, recorded(okx, '"channel":"trades","instId":"BTC-USDT"')],
    [/^mark-price$/u, paced(200, (step) => ofOkx('mark-price', step, { markPx: price(step) }))],
    [
      /^index-tickers$/u,
      paced(100, (step) =>
        ofOkx('index-tickers', step, {
          idxPx: price(step),
          high24h: '62000',
          low24h: '60000',
          open24h: '61000',
          sodUtc0: '61000',
          sodUtc8: '61000',
        }),
      ),
    ],
    [
      /^open-interest$/u,
      paced(3_000, (step) =>
        ofOkx('open-interest', step, { oi: '2216113.01', oiCcy: '22161.1', oiUsd: '1939251795.5' }),
      ),
    ],
    [
      /^funding-rate$/u,
      paced(30_000, (step) => ofOkx('funding-rate', step, { fundingRate: '0.0001', nextFundingTime: String(at) })),
    ],
    // Forced orders of a quiet minute.
    [/forceOrder|allLiquidation|liquidation-orders/u, paced(10_000, () => ({ forced: 'x'.repeat(250) }))],
  ];
}

/** The streams that a page subscribes to: what the adapters send to sockets that never answer. */
async function subscriptions(venue: (typeof VENUES)[number], data: DataRate): Promise<readonly string[]> {
  const sent: string[] = [];
  const stop = new AbortController();
  const runtime: Runtime = {
    now: () => 1_790_000_000_000 as UnixMs,
    random: () => 0.5,
    sleep: (_ms, signal) => new Promise((resolve) => signal.addEventListener('abort', () => resolve())),
    connect: () =>
      Promise.resolve({
        send: (text: string) => void sent.push(text),
        close: () => undefined,
        closed: undefined,
        [Symbol.asyncIterator]: () => ({
          next: () =>
            new Promise((resolve) =>
              stop.signal.addEventListener('abort', () => resolve({ done: true, value: undefined })),
            ),
        }),
      }),
    fetchText: (_url, signal) =>
      new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(new Error('stopped')))),
    whenOnline: () => new Promise(() => undefined),
  };
  const request = {
    symbol: 'BTCUSDT',
    venues: [venue],
    historyMs: 0 as DurationMs,
    intervalMs: 1_000 as DurationMs,
    data,
  };
  const first = openVenues(request, runtime, stop.signal).next();
  // The adapter is loaded, then each of its sockets is opened within the same turn.
  while (sent.length === 0) await new Promise((resolve) => setTimeout(resolve, 10));
  for (let turn = 0; turn < 50; turn++) await new Promise((resolve) => setImmediate(resolve));
  stop.abort();
  await first.catch(() => undefined);
  return sent.flatMap((text) => {
    const { params = [], args = [] } = JSON.parse(text) as {
      params?: string[];
      args?: (string | { channel: string })[];
    };
    return [...params, ...args.map((arg) => (typeof arg === 'string' ? arg : arg.channel))];
  });
}

const known = await rates();
for (const data of RATES) {
  const sums = { messages: 0, bytes: 0, deflated: 0 };
  console.log(`data: ${data}`);
  for (const venue of VENUES) {
    const streams = await subscriptions(venue, data);
    for (const stream of streams) {
      const use = known.find(([pattern]) => pattern.test(stream))?.[1];
      if (use === undefined) throw new Error(`No rate is known of ${stream}`);
      sums.messages += use.messages;
      sums.bytes += use.bytes;
      sums.deflated += use.deflated;
      const source = use.isRecorded ? 'recorded' : 'not recorded';
      console.log(`  ${venue.padEnd(8)} ${stream.padEnd(26)} ${shown(use)}  ${source}`);
    }
  }
  console.log(`  ${'sum'.padEnd(35)} ${shown(sums)}`);
}

function shown({ messages, bytes, deflated }: Omit<Use, 'isRecorded'>): string {
  const kib = (value: number): string => `${(value / 1024).toFixed(0).padStart(5)} KiB`;
  return `${messages.toFixed(0).padStart(5)} messages ${kib(bytes)} (${kib(deflated)} deflated) a minute`;
}
