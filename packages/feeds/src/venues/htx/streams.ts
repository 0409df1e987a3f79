/** A subscribed stream in its parts. */
export interface Stream {
  /** The stream without its contract: `depth.step0`, `trade.detail`, `liquidation_orders`, ... */
  readonly kind: string;
  readonly ownSymbol: string;
}

/** Splits `market.BTC-USDT.depth.step0`; undefined for anything else. */
export function channelOf(raw: unknown): Stream | undefined {
  return partsOf(raw, /^market\.([^.]+)\.(.+)$/);
}

/** Splits `public.BTC-USDT.liquidation_orders`; undefined for anything else. */
export function topicOf(raw: unknown): Stream | undefined {
  return partsOf(raw, /^public\.([^.]+)\.(.+)$/);
}

function partsOf(raw: unknown, pattern: RegExp): Stream | undefined {
  const [, ownSymbol, kind] = (typeof raw === 'string' ? pattern.exec(raw) : null) ?? [];
  return ownSymbol === undefined || kind === undefined ? undefined : { kind, ownSymbol };
}
