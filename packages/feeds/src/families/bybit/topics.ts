/** A subscribed topic in its parts. */
export interface Topic {
  /** `orderbook`, `publicTrade`, `tickers`, `allLiquidation`, ... */
  readonly kind: string;
  /** The topic without its symbol: `orderbook.200`. */
  readonly stream: string;
  /** Levels a side of an order book; undefined elsewhere. */
  readonly depth: number | undefined;
  readonly ownSymbol: string;
}

/** Splits `orderbook.200.BTCUSDT` and `publicTrade.BTCUSDT`; undefined for anything else. */
export function topicOf(raw: unknown): Topic | undefined {
  if (typeof raw !== 'string') return undefined;
  const parts = raw.split('.');
  const ownSymbol = parts.at(-1);
  const [kind] = parts;
  if (parts.length < 2 || parts.length > 3 || kind === undefined || ownSymbol === undefined) return undefined;
  if (parts.some((part) => part === '')) return undefined;
  const depth = kind === 'orderbook' && parts.length === 3 ? Number(parts[1]) : undefined;
  return { kind, stream: parts.slice(0, -1).join('.'), depth, ownSymbol };
}
