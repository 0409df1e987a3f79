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
  /** Chance to leave falls with age as age^-exponent. */
  readonly exitExponent: number;
  readonly meanHoldingMs: number;
  /** Exit rate of losers over that of winners. */
  readonly loserExitRatio: number;
  /** Tail exponent of large orders. */
  readonly sizeTail: number;
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
