import type { InstrumentId, PositionSide, VenueId } from '@liquidation-heatmap/core';
import type { PerSide, Turnover } from './ledger.js';
import type { MarginMode } from './positions.js';
import type { ForcedClose, VenueMarket } from './venue-market.js';
import type { World } from './worlds/world.js';

/** A position as it really is; sizes in contract units. */
export interface TruePosition {
  readonly side: PositionSide;
  readonly entryPrice: number;
  readonly size: number;
  readonly leverage: number;
  readonly marginMode: MarginMode;
  /** Mark at which the venue closes it; undefined where no mark does. */
  readonly liquidationPrice: number | undefined;
  /** Unix ms. */
  readonly openedAt: number;
}

/** A position the venue closed, with the mark and the moment that closed it. */
export interface TrueForcedClose extends TruePosition {
  readonly venue: VenueId;
  readonly liquidationPrice: number;
  readonly mark: number;
  readonly closedAt: number;
}

/** The truth of one venue. `...Steps` count whole size steps and are exact; everything else is in contract units. */
export interface VenueTruth {
  readonly venue: VenueId;
  readonly instrument: InstrumentId;
  readonly mark: number;
  readonly last: number;
  /** Size steps in one contract unit. */
  readonly stepsPerUnit: number;
  readonly openInterest: number;
  readonly openInterestSteps: number;
  /** Held by agents, each listed in `positions`. */
  readonly agentSteps: Readonly<PerSide>;
  /** Held by hedgers, who use no leverage and are never closed by force. */
  readonly hedgerSteps: Readonly<PerSide>;
  /** Totals since the market began, agents and hedgers; the first population counts as opened. */
  readonly turnoverSteps: Turnover;
  readonly positions: readonly TruePosition[];
}

/** What only the simulator knows, at one moment. */
export interface MarketTruth {
  /** Unix ms. */
  readonly time: number;
  readonly world: World;
  readonly venues: readonly VenueTruth[];
  /** The newest forced closes of all venues, oldest first. */
  readonly forcedCloses: readonly TrueForcedClose[];
  /** How many there have been, also those no longer listed. */
  readonly forcedCount: number;
}

/** Copies the truth of a venue. */
export function truthOfVenue(venue: VenueMarket): VenueTruth {
  const { ledger, spec, mark, last, stepsPerUnit } = venue;
  return {
    venue: spec.venue,
    instrument: spec.id,
    mark,
    last,
    stepsPerUnit,
    openInterest: venue.coins(ledger.openInterest),
    openInterestSteps: ledger.openInterest,
    agentSteps: { ...ledger.agents },
    hedgerSteps: { ...ledger.hedgers },
    turnoverSteps: ledger.turnover,
    positions: venue.positions.list().map((position) => ({
      side: position.side,
      entryPrice: position.entryPrice,
      size: venue.coins(position.size),
      leverage: position.leverage,
      marginMode: position.marginMode,
      liquidationPrice: Number.isNaN(position.liquidationPrice) ? undefined : position.liquidationPrice,
      openedAt: position.openedAt,
    })),
  };
}

/** A forced close in contract units. */
export function truthOfForcedClose(venue: VenueMarket, forced: ForcedClose): TrueForcedClose {
  const { side, entryPrice, leverage, marginMode, liquidationPrice, openedAt, mark, closedAt } = forced;
  const size = venue.coins(forced.size);
  return {
    venue: venue.spec.venue,
    side,
    entryPrice,
    size,
    leverage,
    marginMode,
    liquidationPrice,
    openedAt,
    mark,
    closedAt,
  };
}
