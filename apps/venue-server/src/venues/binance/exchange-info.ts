import type { Listing } from '../../market/listing.js';
import type { VenueDesk } from '../venue-server.js';

/** Delivery time of a contract that is never delivered: 2100-12-25, as the venue writes it. */
const NEVER = 4_133_404_800_000;
/** Day on which the simulated contracts were listed. Invented. */
const ONBOARD = 1_569_398_400_000;

/** The body of `exchangeInfo`. */
export function exchangeInfo(desk: VenueDesk): object {
  return {
    timezone: 'UTC',
    serverTime: desk.now(),
    futuresType: 'U_MARGINED',
    rateLimits: [
      { rateLimitType: 'REQUEST_WEIGHT', interval: 'MINUTE', intervalNum: 1, limit: 2_400 },
      { rateLimitType: 'ORDERS', interval: 'MINUTE', intervalNum: 1, limit: 1_200 },
      { rateLimitType: 'ORDERS', interval: 'SECOND', intervalNum: 10, limit: 300 },
    ],
    exchangeFilters: [],
    assets: [{ asset: 'USDT', marginAvailable: true, autoAssetExchange: '-10000' }],
    symbols: desk.symbols.map((symbol) => symbolInfo(desk.market(symbol).listing)),
  };
}

function symbolInfo({ ownSymbol, base, tick, sizeStep, priceDecimals }: Listing): object {
  return {
    symbol: ownSymbol,
    pair: ownSymbol,
    contractType: 'PERPETUAL',
    deliveryDate: NEVER,
    onboardDate: ONBOARD,
    status: 'TRADING',
    maintMarginPercent: '2.5000',
    requiredMarginPercent: '5.0000',
    baseAsset: base,
    quoteAsset: 'USDT',
    marginAsset: 'USDT',
    pricePrecision: priceDecimals,
    quantityPrecision: sizeStep.decimals,
    baseAssetPrecision: 8,
    quotePrecision: 8,
    underlyingType: 'COIN',
    underlyingSubType: ['PoW'],
    settlePlan: 0,
    triggerProtect: '0.0500',
    liquidationFee: '0.012500',
    marketTakeBound: '0.05',
    filters: [
      { minPrice: tick.text, maxPrice: '4529764', filterType: 'PRICE_FILTER', tickSize: tick.text },
      { stepSize: sizeStep.text, filterType: 'LOT_SIZE', maxQty: '1000000', minQty: sizeStep.text },
      { stepSize: sizeStep.text, filterType: 'MARKET_LOT_SIZE', maxQty: '120000', minQty: sizeStep.text },
      { limit: 200, filterType: 'MAX_NUM_ORDERS' },
      { limit: 10, filterType: 'MAX_NUM_ALGO_ORDERS' },
      { notional: '5', filterType: 'MIN_NOTIONAL' },
      { multiplierDown: '0.9500', multiplierUp: '1.0500', multiplierDecimal: '4', filterType: 'PERCENT_PRICE' },
    ],
    orderTypes: ['LIMIT', 'MARKET', 'STOP', 'STOP_MARKET', 'TAKE_PROFIT', 'TAKE_PROFIT_MARKET', 'TRAILING_STOP_MARKET'],
    timeInForce: ['GTC', 'IOC', 'FOK', 'GTX'],
  };
}
