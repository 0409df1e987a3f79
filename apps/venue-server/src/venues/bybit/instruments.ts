import type { InstrumentMarket } from '../../market/instrument-market.js';
import { trimmed } from '../../market/decimal.js';

/** Day on which the simulated contracts were listed. Invented. */
const LAUNCH_TIME = '1585526400000';
const HIGHEST_LEVERAGE = '100.00';

/** One entry of `instruments-info`. */
export function instrumentRow({ listing }: InstrumentMarket): object {
  const { ownSymbol, base, tick, sizeStep, priceDecimals } = listing;
  return {
    symbol: ownSymbol,
    contractType: 'LinearPerpetual',
    status: 'Trading',
    baseCoin: base,
    quoteCoin: 'USDT',
    launchTime: LAUNCH_TIME,
    deliveryTime: '0',
    deliveryFeeRate: '',
    priceScale: String(priceDecimals),
    leverageFilter: { minLeverage: '1', maxLeverage: HIGHEST_LEVERAGE, leverageStep: '0.01' },
    priceFilter: { minPrice: tick.text, maxPrice: '1999999.80', tickSize: tick.text },
    lotSizeFilter: {
      maxOrderQty: '1190.000',
      minOrderQty: sizeStep.text,
      qtyStep: sizeStep.text,
      postOnlyMaxOrderQty: '1190.000',
      maxMktOrderQty: '500.000',
      minNotionalValue: '5',
    },
    unifiedMarginTrade: true,
    fundingInterval: 480,
    settleCoin: 'USDT',
    copyTrading: 'both',
    upperFundingRate: '0.005',
    lowerFundingRate: '-0.005',
    isPreListing: false,
    preListingInfo: null,
    riskParameters: { priceLimitRatioX: '0.01', priceLimitRatioY: '0.02' },
    displayName: '',
  };
}

/** Rows of `risk-limit`: the simulator's brackets; `mmDeduction` is empty in the first row, as the venue writes it. */
export function riskLimitRows({ listing, brackets }: InstrumentMarket): object[] {
  return (brackets?.brackets ?? []).map((bracket, index) => ({
    id: index + 1,
    symbol: listing.ownSymbol,
    riskLimitValue: String(Number.isFinite(bracket.cap) ? bracket.cap : 1e12),
    maintenanceMargin: trimmed(bracket.maintenanceRate.toFixed(6)),
    initialMargin: trimmed((1 / bracket.maxLeverage).toFixed(6)),
    isLowestRisk: index === 0 ? 1 : 0,
    maxLeverage: bracket.maxLeverage.toFixed(2),
    mmDeduction: index === 0 ? '' : trimmed(bracket.deduction.toFixed(4)),
  }));
}
