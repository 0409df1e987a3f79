import { trimmed } from '../../market/decimal.js';
import type { InstrumentMarket } from '../../market/instrument-market.js';
import type { Listing } from '../../market/listing.js';
import { contractsText, indexOf } from './frames.js';

/** Day on which the simulated contracts were listed. Invented. */
const LIST_TIME = '1573557408000';
const HIGHEST_LEVERAGE = '100';

/** One entry of `instruments`: a contract is `ctVal` x `ctMult` of `ctValCcy`. */
export function instrumentRow(listing: Listing): object {
  const family = indexOf(listing);
  const lot = contractsText(listing, listing.sizeStep.value);
  return {
    alias: '',
    auctionEndTime: '',
    baseCcy: '',
    category: '1',
    contTdSwTime: '',
    ctMult: '1',
    ctType: 'linear',
    ctVal: String(listing.contractValue),
    ctValCcy: listing.base,
    expTime: '',
    futureSettlement: false,
    instFamily: family,
    instId: listing.ownSymbol,
    instType: 'SWAP',
    lever: HIGHEST_LEVERAGE,
    listTime: LIST_TIME,
    lotSz: lot,
    maxIcebergSz: '100000000',
    maxLmtAmt: '20000000',
    maxLmtSz: '100000000',
    maxMktAmt: '',
    maxMktSz: '35000',
    maxStopSz: '35000',
    maxTriggerSz: '100000000',
    maxTwapSz: '100000000',
    minSz: lot,
    openType: '',
    optType: '',
    preMktSwTime: '',
    quoteCcy: '',
    ruleType: 'normal',
    settleCcy: 'USDT',
    state: 'live',
    stk: '',
    tickSz: trimmed(listing.tick.text),
    uly: family,
  };
}

/** Rows of `position-tiers`: the simulator's brackets, whose notionals become contracts at the mark. */
export function positionTiers({ listing, brackets, mark }: InstrumentMarket): object[] {
  const contracts = (usd: number): string => {
    const whole = Math.floor(usd / mark / listing.contractValue);
    return String(Number.isFinite(whole) ? whole : 1e9);
  };
  const family = indexOf(listing);
  return (brackets?.brackets ?? []).map((bracket, index) => ({
    baseMaxLoan: '',
    imr: trimmed((1 / bracket.maxLeverage).toFixed(6)),
    instFamily: family,
    instId: '',
    maxLever: trimmed(bracket.maxLeverage.toFixed(2)),
    maxSz: contracts(bracket.cap),
    minSz: index === 0 ? '0' : contracts(bracket.floor),
    mmr: trimmed(bracket.maintenanceRate.toFixed(6)),
    optMgnFactor: '0',
    quoteMaxLoan: '',
    tier: String(index + 1),
    uly: family,
  }));
}
