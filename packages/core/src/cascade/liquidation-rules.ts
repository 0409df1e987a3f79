import type { VenueId } from '../model/venue.js';
import type { DurationMs, Fraction, Usd } from '../model/units.js';

/** How a venue sends a liquidated position into its book. */
export type Execution =
  /** One order for everything. */
  | { readonly kind: 'whole' }
  /** Above a notional a share first; what follows within `wholeWithinMs` is for all that is left. */
  | {
      readonly kind: 'first-share';
      readonly above: Usd;
      readonly share: Fraction;
      readonly wholeWithinMs: DurationMs;
    }
  /** From bracket `fromBracket` (0 = lowest) on, down to the cap of the bracket `bracketsDown` lower, again and again. */
  | { readonly kind: 'lower-bracket'; readonly fromBracket: number; readonly bracketsDown: number }
  /** Small orders until equity covers the requirement again; `feeRate` of what is closed leaves equity with it. */
  | { readonly kind: 'incremental'; readonly feeRate: Fraction };

/** What a venue does when the market does not close a position in time. */
export type Backstop =
  | { readonly kind: 'insurance-fund'; readonly price: 'bankruptcy' }
  /** Takes positions over once equity is below this share of the requirement. */
  | { readonly kind: 'vault'; readonly belowShareOfRequirement: Fraction };

/** A venue's forced-order rule. It changes what is sent at and after the liquidation price, not that price. */
export interface LiquidationRule {
  readonly execution: Execution;
  /** `immediate-or-cancel` orders stop at the bankruptcy price; what they leave goes to the backstop, not into the book. */
  readonly order: 'market' | 'immediate-or-cancel';
  readonly backstop: Backstop;
  /** Who is closed against when the backstop is empty; it takes winners out, and no order reaches the book. */
  readonly autoDeleveraging: 'by profit and leverage' | 'loss shared among winners';
  readonly source: string;
  /** Parts of the rule that rest on memory or on a page that is no longer the venue's own; undefined where there are none. */
  readonly unverified: string | undefined;
}

const FUND: Backstop = { kind: 'insurance-fund', price: 'bankruptcy' };
const WHOLE: Execution = { kind: 'whole' };

/** https://www.binance.com/en/support/faq/360033525271 (2020-07-05): all orders are immediate-or-cancel; small positions go whole. */
const BINANCE: LiquidationRule = {
  execution: WHOLE,
  order: 'immediate-or-cancel',
  backstop: FUND,
  autoDeleveraging: 'by profit and leverage',
  source: 'https://www.binance.com/en/support/faq/360033525271',
  unverified:
    'The page says that a large position may first be reduced by one order, not by how much: one whole order is assumed. Auto-deleveraging is from memory.',
};

/** Higher risk limits: an order for the part above a lower limit, then the next; the lowest limit goes whole. */
const BYBIT: LiquidationRule = {
  execution: { kind: 'lower-bracket', fromBracket: 1, bracketsDown: 1 },
  order: 'market',
  backstop: FUND,
  autoDeleveraging: 'by profit and leverage',
  source: 'https://bybitglobal.com/en-US/help-center/HelpCenterKnowledge/bybitHC_Article?id=000001098 (2024-01-24)',
  unverified:
    'The step is fill-or-kill: a book too thin for it means that all is taken over at once, which is not modelled. Unified accounts: from memory.',
};

/** From the third bracket on, two brackets down at a time, checked about a minute later. */
const OKX: LiquidationRule = {
  execution: { kind: 'lower-bracket', fromBracket: 2, bracketsDown: 2 },
  order: 'market',
  backstop: FUND,
  autoDeleveraging: 'by profit and leverage',
  source:
    'https://www.okx.com/hc/en-us/articles/360020411711; https://www.okx.com/learn/when-would-my-order-be-liquidated',
  unverified:
    'Two brackets down is third-party text; an earlier page of the venue says down to the lowest. Auto-deleveraging is from memory.',
};

/** 20 % above 100,000 USDC; within 30 s of it the rest is sent whole; the vault takes over below 2/3 of the requirement. */
const HYPERLIQUID: LiquidationRule = {
  execution: {
    kind: 'first-share',
    above: 100_000 as Usd,
    share: 0.2 as Fraction,
    wholeWithinMs: 30_000 as DurationMs,
  },
  order: 'market',
  backstop: { kind: 'vault', belowShareOfRequirement: (2 / 3) as Fraction },
  autoDeleveraging: 'by profit and leverage',
  source: 'https://hyperliquid.gitbook.io/hyperliquid-docs/trading/liquidations',
  unverified: undefined,
};

/** Up to 200 contracts of $10 a step, 20 steps a second, until equity covers the requirement; fee .75 % (BTC), .9 % (ETH). */
const DERIBIT: LiquidationRule = {
  execution: { kind: 'incremental', feeRate: 0.0075 as Fraction },
  order: 'market',
  backstop: FUND,
  autoDeleveraging: 'loss shared among winners',
  source: 'https://www.deribit.com/docs/auto-liquidation/; https://support.deribit.com (11 January 2022: fees)',
  unverified: 'Step size and speed are of an early page. The fee is that of BTC.',
};

/** Rules by venue. Left out for want of a source: Bitget, Gate, Kraken, HTX, Aster. */
const RULES: Partial<Record<VenueId, LiquidationRule>> = {
  'binance': BINANCE,
  'binance-coinm': BINANCE,
  'bybit': BYBIT,
  'bybit-inverse': BYBIT,
  'okx': OKX,
  'okx-inverse': OKX,
  'hyperliquid': HYPERLIQUID,
  'deribit': DERIBIT,
};

/** How a venue closes positions by force; undefined where there is no source, and then a position is taken to go whole. */
export function liquidationRule(venue: VenueId): LiquidationRule | undefined {
  return RULES[venue];
}
