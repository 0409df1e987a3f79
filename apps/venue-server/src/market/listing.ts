import { ASSETS } from '@liquidation-heatmap/simulator';
import { stepOf, type DecimalStep } from './decimal.js';
import type { SymbolName, VenueName } from './venue-name.js';

/** A contract as one venue lists it. */
export interface Listing {
  readonly venue: VenueName;
  /** Canonical symbol. */
  readonly symbol: SymbolName;
  /** The venue's own name: `BTCUSDT`, `BTC-USDT-SWAP`, `BTC`. */
  readonly ownSymbol: string;
  readonly base: string;
  readonly tick: DecimalStep;
  /** Smallest size in base coins. */
  readonly sizeStep: DecimalStep;
  /** Decimals a price is written with; it never falls, so that old prices keep theirs. */
  readonly priceDecimals: number;
  /** Base coins in one contract; 1 where the venue sends coins. */
  readonly contractValue: number;
}

/** OKX's `ctVal`: BTC's is measured (venues.md 2.1), the others are the venue's instrument page, from memory. */
const OKX_CONTRACTS = { BTCUSDT: 0.01, ETHUSDT: 0.1, SOLUSDT: 1, XRPUSDT: 100, DOGEUSDT: 1_000 } as const;
/** Hyperliquid's `szDecimals`, from memory; XRP has one more than there, so that the simulator's sizes fit. */
const HYPERLIQUID_SIZE_DECIMALS = { BTCUSDT: 5, ETHUSDT: 4, SOLUSDT: 2, XRPUSDT: 1, DOGEUSDT: 0 } as const;
/** Hyperliquid's prices have at most 5 significant figures (venues.md 6.5). */
const SIGNIFICANT_FIGURES = 5;
/** Headroom so that a price that doubles still fits the significant figures. */
const PRICE_HEADROOM = 2;

/** How a venue lists a symbol before anything changes. */
export function listingOf(venue: VenueName, symbol: SymbolName): Listing {
  const asset = ASSETS.find((known) => known.symbol === symbol);
  if (asset === undefined) throw new RangeError(`Symbol must be one of the simulated assets, was ${symbol}`);
  const base = symbol.slice(0, -'USDT'.length);
  const common = { venue, symbol, base, contractValue: 1 };
  const [tick, sizeStep] = [exactStep(asset.tickSize), exactStep(asset.sizeStep)];
  switch (venue) {
    case 'binance':
    case 'bybit':
      return { ...common, ownSymbol: symbol, tick, sizeStep, priceDecimals: tick.decimals };
    case 'okx':
      return {
        ...common,
        ownSymbol: `${base}-USDT-SWAP`,
        tick,
        sizeStep,
        priceDecimals: tick.decimals,
        contractValue: OKX_CONTRACTS[symbol],
      };
    case 'hyperliquid': {
      const own = exactStep(significantTick(asset.startPrice * PRICE_HEADROOM));
      const decimals = HYPERLIQUID_SIZE_DECIMALS[symbol];
      const size = exactStep(decimals === 0 ? '1' : `0.${'1'.padStart(decimals, '0')}`);
      return { ...common, ownSymbol: base, tick: own, sizeStep: size, priceDecimals: own.decimals };
    }
  }
}

/** The same contract with another tick size; undefined where the text is no positive decimal. */
export function relisted(listing: Listing, tickSize: string): Listing | undefined {
  const tick = stepOf(tickSize);
  if (tick === undefined) return undefined;
  return { ...listing, tick, priceDecimals: Math.max(listing.priceDecimals, tick.decimals) };
}

/** Whole prices are always allowed, so a step is never above 1. */
function significantTick(price: number): string {
  const exponent = Math.floor(Math.log10(price)) - (SIGNIFICANT_FIGURES - 1);
  return exponent >= 0 ? '1' : `0.${'1'.padStart(-exponent, '0')}`;
}

function exactStep(text: string): DecimalStep {
  const step = stepOf(text);
  if (step === undefined) throw new RangeError(`A step must be a positive decimal, was ${text}`);
  return step;
}
