/** A subscribed channel in its parts. */
export interface ChannelName {
  /** `book`, `trades`, `ticker`, ... */
  readonly kind: string;
  readonly ownSymbol: string;
}

/**
 * Splits `book.BTC-PERPETUAL.100ms`, and the like of another interval; undefined for other shapes, such as grouped books and the
 * trades of a whole currency, which are not read.
 */
export function channelOf(name: string): ChannelName | undefined {
  const [kind = '', ownSymbol = '', interval = '', ...more] = name.split('.');
  if (kind === '' || ownSymbol === '' || interval === '' || more.length > 0) return undefined;
  return { kind, ownSymbol };
}
