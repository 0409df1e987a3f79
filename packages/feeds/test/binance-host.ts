import type { UnixMs } from '@liquidation-heatmap/core';
import type { SimulatedAnswer, SimulatedHost, SimulatedWorld } from '../src/runtime/simulated.js';
import type { ServerSocket } from '../src/runtime/simulated-socket.js';

/** 2026-11-20 00:00:30 UTC: half a minute into a minute, so that a warm start has a part of a minute to fill. */
export const START = 1_795_132_830_000 as UnixMs;

interface HostTrade {
  readonly a: number;
  readonly p: string;
  readonly q: string;
  readonly f: number;
  readonly l: number;
  readonly T: number;
  readonly m: boolean;
}

/** A scripted Binance USDS-M in the venue's own shapes: sockets by stream class, REST, and every fault on demand. */
export class BinanceHost implements SimulatedHost {
  world!: SimulatedWorld;
  readonly sockets: ServerSocket[] = [];
  /** Streams that are accepted and then send nothing. */
  readonly muted = new Set<string>();
  /** Socket classes that send nothing and do not close: half open. */
  readonly frozen = new Set<string>();
  admission: 'accept' | 'refuse' | 'hang' = 'accept';
  /** Connection attempts so far. */
  attempts = 0;
  /** Answers instead of the regular one where it returns something. */
  override: ((url: string, call: string) => SimulatedAnswer | undefined) | undefined;
  /** The host's clock minus the client's. */
  skewMs = 0;
  /** Price of marks sent from now on. */
  markPrice = 100_000;
  /** The venue counts longs and shorts no longer after this time. */
  ratiosUntil = Number.POSITIVE_INFINITY;
  spotPrice = '99990.01';
  /** Put over the fields of spot's frames. */
  spotChange: object = {};
  tradePrice = '100000.0';
  tickSize = '0.10';
  readonly trades: HostTrade[] = [];
  readonly bids = new Map<string, string>();
  readonly asks = new Map<string, string>();
  #updateId = 1_000;
  #skipped = 0;
  #steps = 0;

  constructor() {
    for (let i = 1; i <= 20; i++) {
      this.bids.set((100_000 - i * 10).toFixed(1), '1.000');
      this.asks.set((100_000 + i * 10).toFixed(1), '1.000');
    }
  }

  /** Starts the market. */
  start(world: SimulatedWorld): void {
    this.world = world;
    for (let ago = 120_000; ago > 0; ago -= 500) this.#addTrade(this.now - ago);
    world.every(100, () => this.#stepBook());
    world.every(1_000, () => this.#stepMark());
    world.every(500, () => this.#stepTrade());
    world.every(1_000, () => this.#stepSpot());
  }

  get now(): number {
    return this.world.now() + this.skewMs;
  }

  open(streamClass: 'public' | 'market'): readonly ServerSocket[] {
    return this.sockets.filter((socket) => socket.isOpen && socket.url.includes(`/${streamClass}/`));
  }

  /** Ends the sockets of a class with a close code. */
  cut(streamClass: 'public' | 'market', code = 1006): void {
    for (const socket of this.open(streamClass)) socket.close(code);
  }

  /** The open sockets of the spot market. */
  get spotSockets(): readonly ServerSocket[] {
    return this.sockets.filter((socket) => socket.isOpen && socket.url.includes(':9443'));
  }

  /** The next depth updates are made but never sent. */
  skipUpdates(count: number): void {
    this.#skipped += count;
  }

  liquidate(side: 'BUY' | 'SELL', price: string, size: string): void {
    const o = {
      s: 'BTCUSDT',
      S: side,
      o: 'LIMIT',
      f: 'IOC',
      q: size,
      p: price,
      ap: price,
      X: 'FILLED',
      l: size,
      z: size,
      T: this.now,
    };
    this.#send('btcusdt@forceOrder', { e: 'forceOrder', E: this.now, o });
  }

  admits(): 'accept' | 'refuse' | 'hang' {
    this.attempts += 1;
    return this.admission;
  }

  accepted(socket: ServerSocket): void {
    this.sockets.push(socket);
    socket.onText((text) => {
      const { id } = JSON.parse(text) as { id: number };
      this.world.after(5, () => socket.send(JSON.stringify({ result: null, id })));
    });
  }

  answer(url: string): SimulatedAnswer {
    const call = /\/([A-Za-z]+)(?:\?|$)/.exec(url)?.[1] ?? '';
    const special = this.override?.(url, call);
    if (special !== undefined) return special;
    const body = this.#body(call, new URL(url).searchParams);
    return { status: 200, body: JSON.stringify(body), delayMs: 40 };
  }

  #body(call: string, query: URLSearchParams): unknown {
    const [from, to, limit] = ['startTime', 'endTime', 'limit'].map((name) => Number(query.get(name) ?? NaN)) as [
      number,
      number,
      number,
    ];
    if (call.includes('LongShort')) return this.#ratios(from, to, limit);
    switch (call) {
      case 'ping':
        return {};
      case 'time':
        return { serverTime: this.now };
      case 'depth':
        return this.snapshot();
      case 'openInterest':
        return { symbol: 'BTCUSDT', openInterest: '90000.000', time: this.now };
      case 'openInterestHist':
        return starts(from, to, 300_000, limit).map((t) => ({
          symbol: 'BTCUSDT',
          sumOpenInterest: '90000.000',
          sumOpenInterestValue: '1',
          timestamp: t,
        }));
      case 'klines':
      case 'markPriceKlines': {
        const step = query.get('interval') === '1m' ? 60_000 : 300_000;
        return starts(from, Math.min(to, this.now), step, limit).map((t) => candle(t, step));
      }
      case 'aggTrades': {
        const id = Number(query.get('fromId') ?? NaN);
        return this.trades
          .filter((trade) => (id >= 0 ? trade.a >= id : trade.T >= from && trade.T <= to))
          .slice(0, limit);
      }
      case 'exchangeInfo':
        return { symbols: [symbolInfo('BTCUSDT', this.tickSize), symbolInfo('NEWUSDT', '0.10')] };
      default:
        return { code: -1, msg: `unknown call ${call}` };
    }
  }

  /** Rows of a span, or the newest ones; the share of longs is 0.5 and a hundredth for every five minutes since a whole 50. */
  #ratios(from: number, to: number, limit: number): unknown {
    const last = Math.floor(Math.min(this.now, this.ratiosUntil) / 300_000) * 300_000;
    const first = from > 0 ? from : last - (limit - 1) * 300_000;
    return starts(first, to > 0 ? Math.min(to, last) : last, 300_000, limit).map((timestamp) => {
      const share = 0.5 + ((timestamp / 300_000) % 10) / 100;
      const [longAccount, shortAccount] = [share.toFixed(4), (1 - share).toFixed(4)];
      return {
        symbol: 'BTCUSDT',
        longShortRatio: (share / (1 - share)).toFixed(4),
        longAccount,
        shortAccount,
        timestamp,
      };
    });
  }

  /** The book as REST tells it now. */
  snapshot(): object {
    return { lastUpdateId: this.#updateId, E: this.now, T: this.now, bids: [...this.bids], asks: [...this.asks] };
  }

  #stepBook(): undefined {
    const previous = this.#updateId;
    this.#updateId += 3;
    this.#steps += 1;
    const offset = 10 * (1 + (this.#steps % 20));
    const bid: [string, string] = [(100_000 - offset).toFixed(1), ((this.#steps % 7) + 0.5).toFixed(3)];
    this.bids.set(...bid);
    if (this.#skipped > 0) {
      this.#skipped -= 1;
      return;
    }
    this.#send('btcusdt@depth@100ms', {
      e: 'depthUpdate',
      E: this.now,
      T: this.now,
      s: 'BTCUSDT',
      U: previous + 1,
      u: this.#updateId,
      pu: previous,
      b: [bid],
      a: [],
    });
  }

  #stepMark(): undefined {
    const price = this.markPrice.toFixed(2);
    const next = Math.ceil(this.now / 28_800_000) * 28_800_000;
    const mark = {
      e: 'markPriceUpdate',
      E: this.now,
      s: 'BTCUSDT',
      p: price,
      i: price,
      P: price,
      r: '0.00010000',
      T: next,
    };
    this.#send('btcusdt@markPrice@1s', mark);
    if (Math.floor(this.now / 1_000) % 3 === 0) this.#send('btcusdt@markPrice', mark);
  }

  /** Spot's own socket names its streams alike. */
  #stepSpot(): undefined {
    const data = { e: '24hrMiniTicker', E: this.now, s: 'BTCUSDT', c: this.spotPrice, o: '1', h: '1', l: '1', v: '1' };
    this.#send('btcusdt@miniTicker', { ...data, q: '1', ...this.spotChange });
  }

  #stepTrade(): undefined {
    const trade = this.#addTrade(this.now);
    this.#send('btcusdt@aggTrade', { e: 'aggTrade', E: this.now, s: 'BTCUSDT', ...trade });
  }

  #addTrade(time: number): HostTrade {
    const a = 5_000 + this.trades.length;
    const trade = { a, p: this.tradePrice, q: '0.010', f: a, l: a, T: time, m: a % 2 === 0 };
    this.trades.push(trade);
    return trade;
  }

  #send(stream: string, data: object): void {
    if (this.muted.has(stream)) return;
    const text = JSON.stringify({ stream, data });
    for (const socket of this.sockets) {
      if (!socket.isOpen || [...this.frozen].some((name) => socket.url.includes(`/${name}/`))) continue;
      if (socket.received.some((frame) => frame.includes(`"${stream}"`))) socket.send(text);
    }
  }
}

function starts(from: number, to: number, step: number, limit: number): readonly number[] {
  const first = Math.ceil(from / step) * step;
  const times: number[] = [];
  for (let t = first; t <= to && times.length < limit; t += step) times.push(t);
  return times;
}

function candle(t: number, step: number): readonly unknown[] {
  return [
    t,
    '100000.0',
    '100500.0',
    '99500.0',
    '100100.0',
    '12.000',
    t + step - 1,
    '1200000.0',
    10,
    '7.000',
    '700000.0',
    '0',
  ];
}

function symbolInfo(symbol: string, tickSize: string): object {
  const filters = [
    { filterType: 'PRICE_FILTER', tickSize },
    { filterType: 'LOT_SIZE', stepSize: '0.001' },
  ];
  return {
    symbol,
    contractType: 'PERPETUAL',
    status: 'TRADING',
    baseAsset: symbol.slice(0, -4),
    quoteAsset: 'USDT',
    filters,
  };
}
