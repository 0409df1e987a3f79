import { words, type UnrecordedFields } from '../unrecorded-fields.js';

/** Fields that this server sends though no recording has them, and the page or paragraph they come from. */
export const OKX_UNRECORDED: readonly UnrecordedFields[] = [
  {
    kind: 'books',
    source: 'https://www.okx.com/docs-v5/en/#order-book-trading-market-data-ws-order-book-channel, and venues.md 5',
    fields: words('data[].seqId:number data[].prevSeqId:number'),
  },
  {
    kind: 'open-interest',
    source: 'https://www.okx.com/docs-v5/en/#public-data-websocket-open-interest-channel',
    fields: words(
      'arg.channel:string arg.instId:string data[].instId:string data[].instType:string data[].oi:string data[].oiCcy:string data[].oiUsd:string data[].ts:string',
    ),
  },
  {
    kind: 'mark-price',
    source: 'https://www.okx.com/docs-v5/en/#public-data-websocket-mark-price-channel',
    fields: words(
      'arg.channel:string arg.instId:string data[].instId:string data[].instType:string data[].markPx:string data[].ts:string',
    ),
  },
  {
    kind: 'funding-rate',
    source: 'https://www.okx.com/docs-v5/en/#public-data-websocket-funding-rate-channel',
    fields: words(
      'arg.channel:string arg.instId:string data[].formulaType:string data[].fundingRate:string data[].fundingTime:string data[].impactValue:string data[].instId:string data[].instType:string data[].interestRate:string data[].maxFundingRate:string data[].method:string data[].minFundingRate:string data[].nextFundingRate:string data[].nextFundingTime:string data[].premium:string data[].settFundingRate:string data[].settState:string data[].ts:string',
    ),
  },
  {
    kind: 'index-tickers',
    source: 'https://www.okx.com/docs-v5/en/#public-data-websocket-index-tickers-channel',
    fields: words(
      'arg.channel:string arg.instId:string data[].instId:string data[].idxPx:string data[].high24h:string data[].sodUtc0:string data[].open24h:string data[].low24h:string data[].sodUtc8:string data[].ts:string',
    ),
  },
  {
    kind: 'unsubscribe',
    source: 'https://www.okx.com/docs-v5/en/#overview-websocket-subscribe',
    fields: words('event:string connId:string arg.channel:string'),
  },
  {
    kind: 'trades',
    source: 'https://www.okx.com/docs-v5/en/#order-book-trading-market-data-ws-trades-channel',
    fields: words('data[].count:string data[].source:string data[].seqId:number'),
  },
  {
    kind: 'trades-all',
    source: 'https://www.okx.com/docs-v5/en/#order-book-trading-market-data-ws-all-trades-channel',
    fields: words(
      'arg.channel:string arg.instId:string data[].instId:string data[].tradeId:string data[].px:string data[].sz:string data[].side:string data[].ts:string data[].count:string data[].source:string data[].seqId:number',
    ),
  },
  {
    kind: 'candle1m',
    source: 'https://www.okx.com/docs-v5/en/#order-book-trading-market-data-ws-candlesticks-channel',
    fields: words('arg.channel:string arg.instId:string data[][]:string'),
  },
  {
    kind: 'rest time',
    source: 'https://www.okx.com/docs-v5/en/#public-data-rest-api-get-system-time',
    fields: words('code:string msg:string data[].ts:string'),
  },
  {
    kind: 'rest instruments',
    source: 'https://www.okx.com/docs-v5/en/#public-data-rest-api-get-instruments',
    fields: words(
      'code:string msg:string data[].alias:string data[].auctionEndTime:string data[].baseCcy:string data[].category:string data[].contTdSwTime:string data[].ctMult:string data[].ctType:string data[].ctVal:string data[].ctValCcy:string data[].expTime:string data[].futureSettlement:boolean data[].instFamily:string data[].instId:string data[].instType:string data[].lever:string data[].listTime:string data[].lotSz:string data[].maxIcebergSz:string data[].maxLmtAmt:string data[].maxLmtSz:string data[].maxMktAmt:string data[].maxMktSz:string data[].maxStopSz:string data[].maxTriggerSz:string data[].maxTwapSz:string data[].minSz:string data[].openType:string data[].optType:string data[].preMktSwTime:string data[].quoteCcy:string data[].ruleType:string data[].settleCcy:string data[].state:string data[].stk:string data[].tickSz:string data[].uly:string',
    ),
  },
  {
    kind: 'rest open-interest',
    source: 'https://www.okx.com/docs-v5/en/#public-data-rest-api-get-open-interest',
    fields: words(
      'code:string msg:string data[].instId:string data[].instType:string data[].oi:string data[].oiCcy:string data[].oiUsd:string data[].ts:string',
    ),
  },
  {
    kind: 'rest mark-price',
    source: 'https://www.okx.com/docs-v5/en/#public-data-rest-api-get-mark-price',
    fields: words(
      'code:string msg:string data[].instId:string data[].instType:string data[].markPx:string data[].ts:string',
    ),
  },
  {
    kind: 'rest position-tiers',
    source: 'https://www.okx.com/docs-v5/en/#public-data-rest-api-get-position-tiers',
    fields: words(
      'code:string msg:string data[].baseMaxLoan:string data[].imr:string data[].instFamily:string data[].instId:string data[].maxLever:string data[].maxSz:string data[].minSz:string data[].mmr:string data[].optMgnFactor:string data[].quoteMaxLoan:string data[].tier:string data[].uly:string',
    ),
  },
  {
    kind: 'rest funding-rate',
    source: 'https://www.okx.com/docs-v5/en/#public-data-rest-api-get-funding-rate',
    fields: words(
      'code:string msg:string data[].formulaType:string data[].fundingRate:string data[].fundingTime:string data[].impactValue:string data[].instId:string data[].instType:string data[].interestRate:string data[].maxFundingRate:string data[].method:string data[].minFundingRate:string data[].nextFundingRate:string data[].nextFundingTime:string data[].premium:string data[].settFundingRate:string data[].settState:string data[].ts:string',
    ),
  },
  {
    kind: 'rest funding-rate-history',
    source: 'https://www.okx.com/docs-v5/en/#public-data-rest-api-get-funding-rate-history',
    fields: words(
      'code:string msg:string data[].formulaType:string data[].fundingRate:string data[].fundingTime:string data[].instId:string data[].instType:string data[].method:string data[].realizedRate:string',
    ),
  },
  {
    kind: 'rest candles',
    source: 'https://www.okx.com/docs-v5/en/#order-book-trading-market-data-get-candlesticks',
    fields: words('code:string msg:string data[][]:string'),
  },
  {
    kind: 'rest history-candles',
    source: 'https://www.okx.com/docs-v5/en/#order-book-trading-market-data-get-candlesticks-history',
    fields: words('code:string msg:string data[][]:string'),
  },
  {
    kind: 'rest history-mark-price-candles',
    source: 'https://www.okx.com/docs-v5/en/#public-data-rest-api-get-mark-price-candlesticks-history',
    fields: words('code:string msg:string data[][]:string'),
  },
  {
    kind: 'rest trades',
    source: 'https://www.okx.com/docs-v5/en/#order-book-trading-market-data-get-trades',
    fields: words(
      'code:string msg:string data[].instId:string data[].tradeId:string data[].px:string data[].sz:string data[].side:string data[].ts:string data[].source:string',
    ),
  },
  {
    kind: 'rest history-trades',
    source: 'https://www.okx.com/docs-v5/en/#order-book-trading-market-data-get-trades-history',
    fields: words(
      'code:string msg:string data[].instId:string data[].tradeId:string data[].px:string data[].sz:string data[].side:string data[].ts:string data[].source:string',
    ),
  },
  {
    kind: 'rest books',
    source: 'https://www.okx.com/docs-v5/en/#order-book-trading-market-data-get-order-book',
    fields: words('code:string msg:string data[].asks[][]:string data[].bids[][]:string data[].ts:string'),
  },
  {
    kind: 'rest open-interest-history',
    source: 'https://www.okx.com/docs-v5/en/#trading-statistics-rest-api-get-contract-open-interest-history',
    fields: words('code:string msg:string data[][]:string'),
  },
  {
    kind: 'rest long-short-account-ratio-contract',
    source: 'https://www.okx.com/docs-v5/en/#trading-statistics-rest-api-get-contract-long-short-ratio',
    fields: words('code:string msg:string data[][]:string'),
  },
];
