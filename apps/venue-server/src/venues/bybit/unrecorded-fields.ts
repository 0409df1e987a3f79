import { words, type UnrecordedFields } from '../unrecorded-fields.js';

/** Fields that this server sends though no recording has them, and the page or paragraph they come from. */
export const BYBIT_UNRECORDED: readonly UnrecordedFields[] = [
  {
    kind: 'unsubscribe',
    source: 'https://bybit-exchange.github.io/docs/v5/ws/connect',
    fields: words('success:boolean ret_msg:string conn_id:string req_id:string op:string'),
  },
  {
    kind: 'publicTrade',
    source: 'https://bybit-exchange.github.io/docs/v5/websocket/public/trade, and the fields of venues.md 4',
    fields: words(
      'topic:string type:string ts:number data[].T:number data[].s:string data[].S:string data[].v:string data[].p:string data[].L:string data[].i:string data[].BT:boolean data[].RPI:boolean data[].seq:number',
    ),
  },
  {
    kind: 'kline',
    source: 'https://bybit-exchange.github.io/docs/v5/websocket/public/kline',
    fields: words(
      'topic:string type:string ts:number data[].start:number data[].end:number data[].interval:string data[].open:string data[].close:string data[].high:string data[].low:string data[].volume:string data[].turnover:string data[].confirm:boolean data[].timestamp:number',
    ),
  },
  {
    kind: 'rest time',
    source: 'https://bybit-exchange.github.io/docs/v5/market/time',
    fields: words('retCode:number retMsg:string result.timeSecond:string result.timeNano:string time:number'),
  },
  {
    kind: 'rest kline',
    source: 'https://bybit-exchange.github.io/docs/v5/market/kline',
    fields: words(
      'retCode:number retMsg:string result.symbol:string result.category:string result.list[][]:string time:number',
    ),
  },
  {
    kind: 'rest mark-price-kline',
    source: 'https://bybit-exchange.github.io/docs/v5/market/mark-kline',
    fields: words(
      'retCode:number retMsg:string result.symbol:string result.category:string result.list[][]:string time:number',
    ),
  },
  {
    kind: 'rest instruments-info',
    source: 'https://bybit-exchange.github.io/docs/v5/market/instrument',
    fields: words(
      'retCode:number retMsg:string result.category:string result.list[].symbol:string result.list[].contractType:string result.list[].status:string result.list[].baseCoin:string result.list[].quoteCoin:string result.list[].launchTime:string result.list[].deliveryTime:string result.list[].deliveryFeeRate:string result.list[].priceScale:string result.list[].leverageFilter.minLeverage:string result.list[].leverageFilter.maxLeverage:string result.list[].leverageFilter.leverageStep:string result.list[].priceFilter.minPrice:string result.list[].priceFilter.maxPrice:string result.list[].priceFilter.tickSize:string result.list[].lotSizeFilter.maxOrderQty:string result.list[].lotSizeFilter.minOrderQty:string result.list[].lotSizeFilter.qtyStep:string result.list[].lotSizeFilter.postOnlyMaxOrderQty:string result.list[].lotSizeFilter.maxMktOrderQty:string result.list[].lotSizeFilter.minNotionalValue:string result.list[].unifiedMarginTrade:boolean result.list[].fundingInterval:number result.list[].settleCoin:string result.list[].copyTrading:string result.list[].upperFundingRate:string result.list[].lowerFundingRate:string result.list[].isPreListing:boolean result.list[].preListingInfo:null result.list[].riskParameters.priceLimitRatioX:string result.list[].riskParameters.priceLimitRatioY:string result.list[].displayName:string result.nextPageCursor:string time:number',
    ),
  },
  {
    kind: 'rest open-interest',
    source: 'https://bybit-exchange.github.io/docs/v5/market/open-interest, and venues.md 4 for the one-sided number',
    fields: words(
      'retCode:number retMsg:string result.symbol:string result.category:string result.list[].openInterest:string result.list[].singleOpenInterest:string result.list[].timestamp:string result.nextPageCursor:string time:number',
    ),
  },
  {
    kind: 'rest recent-trade',
    source: 'https://bybit-exchange.github.io/docs/v5/market/recent-trade',
    fields: words(
      'retCode:number retMsg:string result.category:string result.list[].execId:string result.list[].symbol:string result.list[].price:string result.list[].size:string result.list[].side:string result.list[].time:string result.list[].isBlockTrade:boolean result.list[].isRPITrade:boolean result.list[].seq:string time:number',
    ),
  },
  {
    kind: 'rest risk-limit',
    source: 'https://bybit-exchange.github.io/docs/v5/market/risk-limit',
    fields: words(
      'retCode:number retMsg:string result.category:string result.list[].id:number result.list[].symbol:string result.list[].riskLimitValue:string result.list[].maintenanceMargin:string result.list[].initialMargin:string result.list[].isLowestRisk:number result.list[].maxLeverage:string result.list[].mmDeduction:string result.nextPageCursor:string time:number',
    ),
  },
  {
    kind: 'rest account-ratio',
    source: 'https://bybit-exchange.github.io/docs/v5/market/long-short-ratio',
    fields: words(
      'retCode:number retMsg:string result.list[].symbol:string result.list[].buyRatio:string result.list[].sellRatio:string result.list[].timestamp:string result.nextPageCursor:string time:number',
    ),
  },
  {
    kind: 'rest orderbook',
    source: 'https://bybit-exchange.github.io/docs/v5/market/orderbook',
    fields: words(
      'retCode:number retMsg:string result.s:string result.b[][]:string result.a[][]:string result.ts:number result.u:number result.seq:number result.cts:number time:number',
    ),
  },
  {
    kind: 'rest history',
    source: 'https://bybit-exchange.github.io/docs/v5/market/history-fund-rate',
    fields: words(
      'retCode:number retMsg:string result.category:string result.list[].symbol:string result.list[].fundingRate:string result.list[].fundingRateTimestamp:string time:number',
    ),
  },
];
