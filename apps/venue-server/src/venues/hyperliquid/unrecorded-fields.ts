import { words, type UnrecordedFields } from '../unrecorded-fields.js';

/** Fields that this server sends though no recording has them, and the page or paragraph they come from. */
export const HYPERLIQUID_UNRECORDED: readonly UnrecordedFields[] = [
  {
    kind: 'subscriptionResponse',
    source:
      'https://hyperliquid.gitbook.io/hyperliquid-docs/for-developers/api/websocket/subscriptions: the wish is echoed',
    fields: words('data.subscription.interval:string data.subscription.fast:boolean'),
  },
  { kind: 'l2Book', source: 'venues.md 6.2', fields: words('data.fast:boolean') },
  {
    kind: 'bbo',
    source: 'https://hyperliquid.gitbook.io/hyperliquid-docs/for-developers/api/websocket/subscriptions',
    fields: words(
      'channel:string data.coin:string data.time:number data.bbo[].px:string data.bbo[].sz:string data.bbo[].n:number',
    ),
  },
  {
    kind: 'allMids',
    source: 'https://hyperliquid.gitbook.io/hyperliquid-docs/for-developers/api/websocket/subscriptions',
    fields: words('channel:string data.mids.BTC:string'),
  },
  {
    kind: 'error',
    source: 'venues.md 6.1; that the data are text is from memory',
    fields: words('channel:string data:string'),
  },
  { kind: 'pong', source: 'venues.md 6.1', fields: words('channel:string') },
  {
    kind: 'rest meta',
    source: 'https://hyperliquid.gitbook.io/hyperliquid-docs/for-developers/api/info-endpoint/perpetuals',
    fields: words(
      'universe[].szDecimals:number universe[].name:string universe[].maxLeverage:number universe[].marginTableId:number marginTables[][]:number marginTables[][].description:string marginTables[][].marginTiers[].lowerBound:string marginTables[][].marginTiers[].maxLeverage:number collateralToken:number',
    ),
  },
  {
    kind: 'rest metaAndAssetCtxs',
    source: 'https://hyperliquid.gitbook.io/hyperliquid-docs/for-developers/api/info-endpoint/perpetuals',
    fields: words(
      '[].universe[].szDecimals:number [].universe[].name:string [].universe[].maxLeverage:number [].universe[].marginTableId:number [].marginTables[][]:number [].marginTables[][].description:string [].marginTables[][].marginTiers[].lowerBound:string [].marginTables[][].marginTiers[].maxLeverage:number [].collateralToken:number [][].funding:string [][].openInterest:string [][].prevDayPx:string [][].dayNtlVlm:string [][].premium:string [][].oraclePx:string [][].markPx:string [][].midPx:string [][].impactPxs[]:string [][].dayBaseVlm:string',
    ),
  },
  {
    kind: 'rest allMids',
    source: 'https://hyperliquid.gitbook.io/hyperliquid-docs/for-developers/api/info-endpoint',
    fields: words('BTC:string'),
  },
  {
    kind: 'rest l2Book',
    source: 'https://hyperliquid.gitbook.io/hyperliquid-docs/for-developers/api/info-endpoint',
    fields: words('coin:string time:number levels[][].px:string levels[][].sz:string levels[][].n:number'),
  },
  {
    kind: 'rest recentTrades',
    source: 'from memory; as the socket tells trades',
    fields: words(
      '[].coin:string [].side:string [].px:string [].sz:string [].time:number [].hash:string [].tid:string [].users[]:string [].tid:number',
    ),
  },
  {
    kind: 'rest clearinghouseState',
    source: 'https://hyperliquid.gitbook.io/hyperliquid-docs/for-developers/api/info-endpoint/perpetuals',
    fields: words(
      'marginSummary.accountValue:string marginSummary.totalNtlPos:string marginSummary.totalRawUsd:string marginSummary.totalMarginUsed:string crossMarginSummary.accountValue:string crossMarginSummary.totalNtlPos:string crossMarginSummary.totalRawUsd:string crossMarginSummary.totalMarginUsed:string crossMaintenanceMarginUsed:string withdrawable:string assetPositions[].type:string assetPositions[].position.coin:string assetPositions[].position.szi:string assetPositions[].position.leverage.type:string assetPositions[].position.leverage.value:number assetPositions[].position.leverage.rawUsd:string assetPositions[].position.entryPx:string assetPositions[].position.positionValue:string assetPositions[].position.unrealizedPnl:string assetPositions[].position.returnOnEquity:string assetPositions[].position.liquidationPx:string assetPositions[].position.liquidationPx:null assetPositions[].position.marginUsed:string assetPositions[].position.maxLeverage:number assetPositions[].position.cumFunding.allTime:string assetPositions[].position.cumFunding.sinceOpen:string assetPositions[].position.cumFunding.sinceChange:string time:number',
    ),
  },
  {
    kind: 'rest fundingHistory',
    source: 'https://hyperliquid.gitbook.io/hyperliquid-docs/for-developers/api/info-endpoint/perpetuals',
    fields: words('[].coin:string [].fundingRate:string [].premium:string [].time:number'),
  },
  {
    kind: 'rest candleSnapshot',
    source: 'https://hyperliquid.gitbook.io/hyperliquid-docs/for-developers/api/info-endpoint',
    fields: words(
      '[].t:number [].T:number [].s:string [].i:string [].o:string [].c:string [].h:string [].l:string [].v:string [].n:number',
    ),
  },
];
