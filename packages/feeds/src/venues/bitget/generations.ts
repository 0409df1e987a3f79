import { parsed, type Parsed } from '@liquidation-heatmap/core';
import { broken, isObject } from '../../wire-fields.js';

/** A generation of the venue's socket. */
export type Generation = 'v1' | 'v2' | 'v3';

/** Where a generation has the fields of a trade; v1 sends lists, and no ids. */
export interface TradeNames {
  readonly id: string | undefined;
  readonly time: string | number;
  readonly price: string | number;
  readonly size: string | number;
  readonly side: string | number;
}

/** Where a generation has the fields of a ticker. */
export interface TickerNames {
  readonly mark: string;
  readonly index: string;
  readonly interest: string;
  readonly rate: string;
  readonly next: string;
  /** Undefined where the frame alone has a time. */
  readonly time: string | undefined;
}

/** The names of one generation. */
export interface WireNames {
  /** Channel of trades. */
  readonly trades: 'trade' | 'publicTrade';
  readonly trade: TradeNames;
  readonly bids: 'bids' | 'b';
  readonly asks: 'asks' | 'a';
  readonly ticker: TickerNames;
}

const PRICES = { mark: 'markPrice', index: 'indexPrice' } as const;
const FUNDING = { rate: 'fundingRate', next: 'nextFundingTime' } as const;

/** Names by generation; evidence for each stands in `wire.ts`. */
export const NAMES: Readonly<Record<Generation, WireNames>> = {
  v1: {
    trades: 'trade',
    trade: { id: undefined, time: 0, price: 1, size: 2, side: 3 },
    bids: 'bids',
    asks: 'asks',
    ticker: { ...PRICES, interest: 'holding', rate: 'capitalRate', next: 'nextSettleTime', time: 'systemTime' },
  },
  v2: {
    trades: 'trade',
    trade: { id: 'tradeId', time: 'ts', price: 'price', size: 'size', side: 'side' },
    bids: 'bids',
    asks: 'asks',
    ticker: { ...PRICES, ...FUNDING, interest: 'holdingAmount', time: 'ts' },
  },
  v3: {
    trades: 'publicTrade',
    trade: { id: 'i', time: 'T', price: 'p', size: 'v', side: 'S' },
    bids: 'b',
    asks: 'a',
    ticker: { ...PRICES, ...FUNDING, interest: 'openInterest', time: undefined },
  },
};

/** The type of instruments in USDT by generation; v1 has one for all contracts, whose exact names tell them apart. */
const GENERATION_OF = new Map<unknown, Generation>([
  ['mc', 'v1'],
  ['USDT-FUTURES', 'v2'],
  ['usdt-futures', 'v3'],
]);

/** What a frame is of. */
export interface Stream {
  /** Undefined for instruments that are not contracts in USDT. */
  readonly generation: Generation | undefined;
  readonly channel: string;
  /** Undefined where the frame is of the whole market. */
  readonly ownSymbol: unknown;
}

/** Reads the argument of a frame. */
export function streamOf(arg: unknown): Parsed<Stream> {
  if (!isObject(arg)) return broken('bad-channel', 'arg', 'an object', arg);
  const { instType, channel, topic, instId, symbol } = arg;
  const name = topic ?? channel;
  if (typeof name !== 'string') return broken('bad-channel', 'arg.topic', 'a text', name);
  return parsed({ generation: GENERATION_OF.get(instType), channel: name, ownSymbol: symbol ?? instId });
}
