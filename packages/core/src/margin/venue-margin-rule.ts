import type { ContractKind } from '../model/instrument.js';
import type { VenueId } from '../model/venue.js';

/** What sets a venue's isolated liquidation price apart from the general form. */
export interface VenueMarginRule {
  readonly contract: ContractKind;
  /** `taker`: the fee to close is part of the requirement; `none`: it is not, or it is in both margins and cancels. */
  readonly closingFee: 'none' | 'taker';
  /** Value the maintenance rate is taken on: at the liquidation price itself, or at entry. */
  readonly requirementOn: 'liquidation-price' | 'entry-price';
  /** `less-fee`: margin added by hand counts after the fee to close with it. */
  readonly extraMargin: 'whole' | 'less-fee';
  /** Price whose touch liquidates. Every venue known to us uses its mark. */
  readonly trigger: 'mark';
  readonly source: string;
}

const BYBIT_HELP =
  'https://www.bybit.com/en/help-center/article/Liquidation-Price-Calculation-under-Isolated-Mode-Unified-Trading-Account';
const OKX_LEARN = 'https://www.okx.com/learn/when-would-my-order-be-liquidated';
const FREQTRADE =
  'https://github.com/freqtrade/freqtrade/tree/c9ae5e1e9ff25bb55dd61f5e5519f7c479291edb/freqtrade/exchange';

/**
 * Rules by venue. Left out: Deribit (accounts only, `deribitMaintenanceRate`), Kraken, HTX and Aster (no source yet), and
 * partial liquidation, which changes how much fires at the price and not the price.
 */
const RULES: Partial<Record<VenueId, VenueMarginRule>> = {
  'binance': general('linear', 'none', 'https://www.binance.com/en/support/faq/b3c689c1f50a44cabb3a84e663b81d93'),
  'binance-coinm': general(
    'inverse',
    'none',
    'https://www.binance.com/en/support/faq/ceccfcfb4e3a45e3b48b0b1bb1a8ae46',
  ),
  'bybit': { ...general('linear', 'none', BYBIT_HELP), requirementOn: 'entry-price' },
  'bybit-inverse': { ...general('inverse', 'none', `${BYBIT_HELP} (page of 2026-05-27)`), extraMargin: 'less-fee' },
  'okx': general('linear', 'taker', `${OKX_LEARN}; formula as implemented in ${FREQTRADE}`),
  // The third-party text of the inverse form leaves the taker fee out; OKX counts it in, so it stands here as for linear.
  'okx-inverse': general('inverse', 'taker', OKX_LEARN),
  'hyperliquid': general('linear', 'none', 'https://hyperliquid.gitbook.io/hyperliquid-docs/trading/liquidations'),
  'bitget': general('linear', 'taker', 'https://www.bitget.com/support/articles/12560603808759'),
  'gate': general('linear', 'taker', `Gate help 27724, as quoted in ${FREQTRADE}`),
};

/** The rule of a venue; undefined where we have no source, and then there is no price either. */
export function venueMarginRule(venue: VenueId): VenueMarginRule | undefined {
  return RULES[venue];
}

function general(contract: ContractKind, closingFee: 'none' | 'taker', source: string): VenueMarginRule {
  return { contract, closingFee, requirementOn: 'liquidation-price', extraMargin: 'whole', trigger: 'mark', source };
}
