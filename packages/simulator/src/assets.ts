/** What a simulated market starts from. Every number is invented: plausible beside 2024, taken from no venue. */
export interface Asset {
  readonly symbol: string;
  readonly startPrice: number;
  /** Exact decimals, as venues write them. */
  readonly tickSize: string;
  readonly sizeStep: string;
  /** Outstanding coins over all venues at the start. */
  readonly openInterest: number;
  /** Standard deviation of a day's log return in a world of volatility 1. */
  readonly dailyVolatility: number;
}

/** The assets a simulated market knows. */
export const ASSETS: readonly Asset[] = [
  {
    symbol: 'BTCUSDT',
    startPrice: 64_000,
    tickSize: '0.10',
    sizeStep: '0.001',
    openInterest: 80_000,
    dailyVolatility: 0.021,
  },
  {
    symbol: 'ETHUSDT',
    startPrice: 2_600,
    tickSize: '0.01',
    sizeStep: '0.001',
    openInterest: 1_600_000,
    dailyVolatility: 0.027,
  },
  {
    symbol: 'SOLUSDT',
    startPrice: 145,
    tickSize: '0.010',
    sizeStep: '0.01',
    openInterest: 10_000_000,
    dailyVolatility: 0.034,
  },
  {
    symbol: 'XRPUSDT',
    startPrice: 0.58,
    tickSize: '0.0001',
    sizeStep: '0.1',
    openInterest: 900_000_000,
    dailyVolatility: 0.033,
  },
  {
    symbol: 'DOGEUSDT',
    startPrice: 0.105,
    tickSize: '0.00001',
    sizeStep: '1',
    openInterest: 5_000_000_000,
    dailyVolatility: 0.036,
  },
];

/** The asset of a canonical symbol; undefined for one the simulator does not know. */
export function assetOf(symbol: string): Asset | undefined {
  return ASSETS.find((asset) => asset.symbol === symbol);
}
