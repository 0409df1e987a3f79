/** How the crowd answers a move: with it, against it, or one and then the other. */
export type CrowdStyle = 'momentum' | 'contrarian' | 'regime-switch';

/** A leverage many traders pick, and how often. */
export interface LeverageTier {
  readonly leverage: number;
  readonly weight: number;
}

/** A planned run of the price. */
export interface Shock {
  /** From the start of the live part. */
  readonly afterMs: number;
  readonly durationMs: number;
  /** Total log return of the run. */
  readonly logReturn: number;
  /** Share of all open positions whose owners leave in fright while it lasts, on both sides, and do not come back; default 0. */
  readonly panicShare?: number;
}

/** Owners who add margin when the mark comes near their liquidation price, so that it moves away. */
export interface TopUps {
  /** Chance that an owner answers a call; who does not answer is not called again. */
  readonly chance: number;
  /** Share of the way from entry to liquidation price at which the owner is called. */
  readonly reach: number;
  /** Added each time, in multiples of the initial margin. */
  readonly amount: number;
}

/** How a venue closes large positions piece by piece. */
export interface PartialLiquidation {
  /** `share`: a fixed share first, the rest whole when the mark reaches it within the cooldown; `lower-bracket`: down to the next lower row of the brackets. */
  readonly rule: 'share' | 'lower-bracket';
  /** Positions of a smaller notional at the mark, USD, are closed whole. */
  readonly fromNotional: number;
  readonly firstShare: number;
  readonly cooldownMs: number;
}

/** When winners are closed against forced positions because nothing is left to pay for them, and how many. */
export interface Deleveraging {
  /** Forced size, as a share of open interest, from which it begins, and the half-life with which what was forced is forgotten. */
  readonly fromShare: number;
  readonly memoryMs: number;
  /** Share of forced positions that are then closed against winners instead of in the book. */
  readonly share: number;
}

/** What is wrong with the open interest that venues report in the stream of bars; the truth keeps the right one. */
export interface OpenInterestReport {
  /** Mean lateness of a report beyond the network's, ms. */
  readonly lateMs: number;
  /** Standard deviation of the relative error of a report. */
  readonly noise: number;
  /** Reports a day that are wrong by 10 to 30 %. */
  readonly spikesPerDay: number;
}

/** The hidden parameters of a market: nothing a reader of public events is told. */
export interface World {
  readonly name: string;
  readonly style: CrowdStyle;
  /** Agents open on average over all venues; more agents, smoother truth, slower market. */
  readonly population: number;
  /** Share of positions with isolated margin; the rest is cross with extra margin. */
  readonly isolatedShare: number;
  /** Share of traders who pick a round tier; the rest scatter log-normally. */
  readonly roundShare: number;
  readonly tiers: readonly LeverageTier[];
  readonly scatteredMedian: number;
  readonly scatteredSpread: number;
  /** Extra margin of cross positions as a multiple of the initial margin: median and log-normal spread. */
  readonly extraMarginMedian: number;
  readonly extraMarginSpread: number;
  readonly stopShare: number;
  readonly takeProfitShare: number;
  /** Chance to leave falls with age as age^-exponent; 0 is a constant hazard, so holding times are exponential. */
  readonly exitExponent: number;
  readonly meanHoldingMs: number;
  /** Exit rate of losers over that of winners. */
  readonly loserExitRatio: number;
  /** Tail exponent of large orders. */
  readonly sizeTail: number;
  /** Share of entrants whose size is from the tail. */
  readonly tailShare: number;
  /** No order is larger than this share of the venue's open interest. */
  readonly maxOrderShare: number;
  /** Outstanding coins over those of the asset: with fewer agents a smaller market keeps each of them the size of a trader. */
  readonly marketScale: number;
  /** Share of accounts that open a long and a short of one size together: they net, so no price closes either by force. */
  readonly nettedShare: number;
  /** Undefined where nobody adds margin. */
  readonly topUps: TopUps | undefined;
  /** Undefined where positions are closed whole. */
  readonly partialLiquidation: PartialLiquidation | undefined;
  /** Undefined where every forced order reaches the book. */
  readonly deleveraging: Deleveraging | undefined;
  readonly openInterestReport: OpenInterestReport;
  /** Share of open interest held long and short by hedgers who never use leverage. */
  readonly hedgedShare: number;
  /** Volume the fast traders pass among themselves, in multiples of open interest a day. */
  readonly churnPerDay: number;
  /** Multiplies the asset's volatility. */
  readonly volatility: number;
  readonly jumpsPerDay: number;
  readonly runsPerDay: number;
  /** Multiplies the chance of wild phases. */
  readonly wildness: number;
  /** Log return a day of the running trend, before impact. */
  readonly driftPerDay: number;
  /** Share of open interest that moves the price by 1 % when it has to trade at once. */
  readonly depthShare: number;
  /** Impact of patient flow relative to forced flow. */
  readonly patientImpact: number;
  /** Share of the impact of forced flow that fades within minutes. */
  readonly snapBack: number;
  /** Bursts of like-minded entrants a day. */
  readonly burstsPerDay: number;
  readonly shocks: readonly Shock[];
}
