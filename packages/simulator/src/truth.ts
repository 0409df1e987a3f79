import type { InstrumentId, PositionSide, VenueId } from '@liquidation-heatmap/core';
import type { PerSide, Turnover } from './ledger.js';
import { piecesOf } from './partial-liquidation.js';
import type { MarginMode, NewPosition } from './positions.js';
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
  /** Only of a position the venue would close piece by piece: each piece at the mark that would close it, nearest first. */
  readonly pieces: readonly TruePiece[] | undefined;
  /** One of two legs of an account that net: no mark closes it. */
  readonly isNetted: boolean;
  /** Unix ms. */
  readonly openedAt: number;
}

/** A part of a position, in contract units, and the mark at which the venue closes it. */
export interface TruePiece {
  readonly size: number;
  readonly price: number;
}

/** A position, or a piece of one, that the venue closed, with the mark and the moment that closed it. */
export interface TrueForcedClose extends Omit<TruePosition, 'pieces'> {
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
export function truthOfVenue(venue: VenueMarket, time: number): VenueTruth {
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
      pieces: truePieces(venue, position, time),
      isNetted: position.isNetted,
      openedAt: position.openedAt,
    })),
  };
}

function truePieces(venue: VenueMarket, position: NewPosition, time: number): TruePiece[] | undefined {
  if (venue.partial.rule === undefined) return undefined;
  const pieces = piecesOf(position, time, venue.partial);
  if (pieces.length <= 1) return undefined;
  return pieces.map(({ size, price }) => ({ size: venue.coins(size), price }));
}

/** A forced close in contract units. */
export function truthOfForcedClose(venue: VenueMarket, forced: ForcedClose): TrueForcedClose {
  const { side, entryPrice, leverage, marginMode, liquidationPrice, isNetted, openedAt, mark, closedAt } = forced;
  const size = venue.coins(forced.size);
  return {
    venue: venue.spec.venue,
    side,
    entryPrice,
    size,
    leverage,
    marginMode,
    liquidationPrice,
    isNetted,
    openedAt,
    mark,
    closedAt,
  };
}
