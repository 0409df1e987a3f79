import type { Parsed, Price, UnixMs } from '@liquidation-heatmap/core';

/** Canonical symbols whose spot pairs are known. */
const ASSETS: readonly string[] = ['BTC', 'ETH', 'SOL', 'XRP', 'DOGE'];

/** The asset of a canonical symbol in USDT whose spot pair is known, e.g. `BTC` of `BTCUSDT`; undefined for any other. */
export function spotAssetOf(symbol: string): string | undefined {
  return ASSETS.find((asset) => symbol === `${asset}USDT`);
}

/** Last price of a spot pair, with the venue's own time of it. */
export interface SpotQuote {
  readonly price: Price;
  readonly time: UnixMs;
}

/** How a venue's stream of spot prices is spoken to and read. Pure: text in, prices out. */
export interface SpotWire {
  /** Address of the socket. */
  readonly url: string;
  /** A frame sent every so often, where the venue closes sockets that say nothing. */
  readonly keepAlive?: { readonly everyMs: number; readonly text: string };
  /** The venue's own name of an asset's pair in USDT. */
  pairOf(asset: string): string;
  /** Frames that subscribe to a pair. */
  hello(pair: string): readonly string[];
  /** True for frames that carry prices, without reading all of them. */
  isData(text: string): boolean;
  /** The price of a frame; undefined for acknowledgements and pongs. A frame of another pair is a fault. */
  read(text: string, pair: string): Parsed<SpotQuote | undefined>;
}
