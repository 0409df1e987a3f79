import { SYMBOLS, type SymbolName } from '../../market/venue-name.js';
import { intervalMs } from '../intervals.js';

/** Which path of `fstream.binance.com` a stream flows on since 2026-04-23 (venues.md 3.1). */
export type StreamClass = 'public' | 'market';

/** A stream that this venue sends; `symbols` is what it is of. */
export type BinanceStream =
  | { readonly kind: 'depth'; readonly everyMs: number; readonly symbols: readonly SymbolName[] }
  | {
      readonly kind: 'partial-depth';
      readonly levels: number;
      readonly everyMs: number;
      readonly symbols: readonly SymbolName[];
    }
  | { readonly kind: 'book-ticker' | 'trade' | 'agg-trade' | 'force-order'; readonly symbols: readonly SymbolName[] }
  | {
      readonly kind: 'mark-price';
      readonly everyMs: number;
      readonly isArray: boolean;
      readonly symbols: readonly SymbolName[];
    }
  | {
      readonly kind: 'kline';
      readonly name: string;
      readonly lengthMs: number;
      readonly symbols: readonly SymbolName[];
    };

const CLASSES: Readonly<Record<BinanceStream['kind'], StreamClass>> = {
  'depth': 'public',
  'partial-depth': 'public',
  'book-ticker': 'public',
  'trade': 'public',
  'agg-trade': 'market',
  'force-order': 'market',
  'mark-price': 'market',
  'kline': 'market',
};

const DEPTH = /^depth(5|10|20)?(?:@(0|100|250|500)ms)?$/;
const MARK_PRICE = /^(?:markPrice|!markPrice@arr)(@1s)?$/;
const KLINE = /^kline_(\w+)$/;
/** Cadence of `@depth` where the name does not say one. */
const USUAL_DEPTH_MS = 250;
/** `@0ms` is undocumented and works: as often as the book changes. */
const FASTEST_DEPTH_MS = 50;

/** The stream of a name; undefined for one that is accepted and never speaks. Names are lower case where they name a symbol. */
export function streamOf(name: string, listed: readonly SymbolName[]): BinanceStream | undefined {
  if (name === '!forceOrder@arr') return { kind: 'force-order', symbols: listed };
  if (name.startsWith('!')) return markPrice(name, listed);
  const at = name.indexOf('@');
  const symbol = SYMBOLS.find((known) => known.toLowerCase() === name.slice(0, at));
  if (symbol === undefined || !listed.includes(symbol)) return undefined;
  return ofSymbol(name.slice(at + 1), [symbol]);
}

/** The class of a stream. */
export function classOf({ kind }: BinanceStream): StreamClass {
  return CLASSES[kind];
}

function ofSymbol(rest: string, symbols: readonly SymbolName[]): BinanceStream | undefined {
  switch (rest) {
    case 'bookTicker':
      return { kind: 'book-ticker', symbols };
    case 'trade':
      return { kind: 'trade', symbols };
    case 'aggTrade':
      return { kind: 'agg-trade', symbols };
    case 'forceOrder':
      return { kind: 'force-order', symbols };
    default:
      return depth(rest, symbols) ?? markPrice(rest, symbols) ?? kline(rest, symbols);
  }
}

function depth(rest: string, symbols: readonly SymbolName[]): BinanceStream | undefined {
  const match = DEPTH.exec(rest);
  if (match === null) return undefined;
  const [, levels, cadence] = match;
  const everyMs = cadence === undefined ? USUAL_DEPTH_MS : Number(cadence) || FASTEST_DEPTH_MS;
  if (levels === undefined) return { kind: 'depth', everyMs, symbols };
  return { kind: 'partial-depth', levels: Number(levels), everyMs, symbols };
}

function markPrice(rest: string, symbols: readonly SymbolName[]): BinanceStream | undefined {
  const match = MARK_PRICE.exec(rest);
  if (match === null) return undefined;
  return {
    kind: 'mark-price',
    everyMs: match[1] === undefined ? 3_000 : 1_000,
    isArray: rest.startsWith('!'),
    symbols,
  };
}

function kline(rest: string, symbols: readonly SymbolName[]): BinanceStream | undefined {
  const name = KLINE.exec(rest)?.[1];
  const lengthMs = name === undefined ? undefined : intervalMs(name);
  return name === undefined || lengthMs === undefined ? undefined : { kind: 'kline', name, lengthMs, symbols };
}
