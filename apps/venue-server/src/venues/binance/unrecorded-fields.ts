import { words, type UnrecordedFields } from '../unrecorded-fields.js';

/** Statistics of longs and shorts, and the page that shows each; rows are alike. */
const RATIOS = [
  ['globalLongShortAccountRatio', 'Long-Short-Ratio'],
  ['topLongShortAccountRatio', 'Top-Long-Short-Account-Ratio'],
  ['topLongShortPositionRatio', 'Top-Trader-Long-Short-Ratio'],
] as const;

/** Fields that this server sends though no recording has them, and the page or paragraph they come from. */
export const BINANCE_UNRECORDED: readonly UnrecordedFields[] = [
  {
    kind: 'ack',
    source:
      'https://developers.binance.com/docs/derivatives/usds-margined-futures/websocket-market-streams/Live-Subscribing-Unsubscribing-to-streams',
    fields: words('result:null id:number'),
  },
  {
    kind: 'error',
    source:
      'https://developers.binance.com/docs/derivatives/usds-margined-futures/websocket-market-streams/Live-Subscribing-Unsubscribing-to-streams',
    fields: words('error.code:number error.msg:string id:number'),
  },
  {
    kind: 'markPriceUpdate',
    source:
      'https://developers.binance.com/docs/derivatives/usds-margined-futures/websocket-market-streams/Mark-Price-Stream',
    fields: words('e:string E:number s:string p:string i:string P:string r:string T:number'),
  },
  {
    kind: 'rest time',
    source:
      'https://developers.binance.com/docs/derivatives/usds-margined-futures/market-data/rest-api/Check-Server-Time',
    fields: words('serverTime:number'),
  },
  {
    kind: 'rest klines',
    source:
      'https://developers.binance.com/docs/derivatives/usds-margined-futures/market-data/rest-api/Kline-Candlestick-Data',
    fields: words('[][]:number [][]:string'),
  },
  {
    kind: 'rest markPriceKlines',
    source:
      'https://developers.binance.com/docs/derivatives/usds-margined-futures/market-data/rest-api/Mark-Price-Kline-Candlestick-Data',
    fields: words('[][]:number [][]:string'),
  },
  {
    kind: 'rest openInterest',
    source: 'https://developers.binance.com/docs/derivatives/usds-margined-futures/market-data/rest-api/Open-Interest',
    fields: words('symbol:string openInterest:string time:number'),
  },
  {
    kind: 'rest aggTrades',
    source:
      'https://developers.binance.com/docs/derivatives/usds-margined-futures/market-data/rest-api/Compressed-Aggregate-Trades-List',
    fields: words('[].a:number [].p:string [].q:string [].f:number [].l:number [].T:number [].m:boolean'),
  },
  {
    kind: 'rest openInterestHist',
    source:
      'https://developers.binance.com/docs/derivatives/usds-margined-futures/market-data/rest-api/Open-Interest-Statistics',
    fields: words('[].symbol:string [].sumOpenInterest:string [].sumOpenInterestValue:string [].timestamp:number'),
  },
  ...RATIOS.map(([kind, page]) => ({
    kind: `rest ${kind}`,
    source: `https://developers.binance.com/docs/derivatives/usds-margined-futures/market-data/rest-api/${page}`,
    fields: words(
      '[].symbol:string [].longShortRatio:string [].longAccount:string [].shortAccount:string [].timestamp:number',
    ),
  })),
];
