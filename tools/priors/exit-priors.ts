import { EXIT_LAW } from '@liquidation-heatmap/core';
import { logHazardError, type ExitLaw } from './exit-law.js';
import { fitHazards } from './fit-hazards.js';
import { fitLots, logLikelihood } from './fit-lots.js';
import { hazardByAge, type MeasuredHazard } from './hazard-by-age.js';
import { matchLots, type Lot } from './match-lots.js';
import { FIT_START, HAZARDS_2023 } from './published-inputs.js';
import { readFills } from './read-fills.js';

/** Seed of the resampling: any would do, this one is written down. */
const SEED = 20_251;

/** Fit to the hazards published for 2023, and what the engine's law makes of them. */
export interface TableFit {
  readonly law: ExitLaw;
  readonly error: number;
  readonly engineError: number;
}

/** Least squares on log hazard of the 2023 table. */
export function fit2023(): TableFit {
  const law = fitHazards(HAZARDS_2023, FIT_START);
  return { law, error: logHazardError(law, HAZARDS_2023), engineError: logHazardError(EXIT_LAW, HAZARDS_2023) };
}

/** What the fills of four accounts say about holding. */
export interface FillsFit {
  readonly fills: number;
  readonly lots: readonly Lot[];
  readonly unmatchedUsd: number;
  readonly hazards: readonly MeasuredHazard[];
  readonly law: ExitLaw;
  /** Root mean square of log hazard over the ages with at least 30 closed lots. */
  readonly error: number;
  readonly engineError: number;
  /** Mean log likelihood per notional. */
  readonly logLikelihood: number;
  readonly engineLogLikelihood: number;
  /** Fitted on the first half of the lots by opening time, judged on the second. */
  readonly laterHalf: { readonly fitted: number; readonly engine: number; readonly of2023: number };
  /** Notional share of the largest account. */
  readonly largestAccountShare: number;
  /** (Sum of notional)^2 / sum of squares: how many lots of equal size weigh as much. */
  readonly effectiveLots: number;
}

const LEAST_CLOSED_LOTS = 30;

/** Reads fills, matches lots, and fits a law to them by maximum likelihood. */
export function fitFills(path: string, lawOf2023: ExitLaw): FillsFit {
  const fills = readFills(path);
  const { lots, unmatchedUsd } = matchLots(fills);
  const hazards = hazardByAge(lots, SEED);
  const law = fitLots(lots, FIT_START);
  const sound = hazards.filter(({ closedLots }) => closedLots >= LEAST_CLOSED_LOTS);
  const inOrder = [...lots].sort((a, b) => a.openedMinute - b.openedMinute);
  const earlier = inOrder.slice(0, Math.floor(inOrder.length / 2));
  const later = inOrder.slice(earlier.length);
  const halfLaw = fitLots(earlier, FIT_START);
  const notionals = lots.map(({ notional }) => notional);
  const total = sumOf(notionals);
  return {
    fills: fills.length,
    lots,
    unmatchedUsd,
    hazards,
    law,
    error: logHazardError(law, sound),
    engineError: logHazardError(EXIT_LAW, sound),
    logLikelihood: logLikelihood(law, lots),
    engineLogLikelihood: logLikelihood(EXIT_LAW, lots),
    laterHalf: {
      fitted: logLikelihood(halfLaw, later),
      engine: logLikelihood(EXIT_LAW, later),
      of2023: logLikelihood(lawOf2023, later),
    },
    largestAccountShare: largestShare(lots, total),
    effectiveLots: total ** 2 / sumOf(notionals.map((notional) => notional ** 2)),
  };
}

function largestShare(lots: readonly Lot[], total: number): number {
  const accounts = new Map<string, number>();
  for (const { account, notional } of lots) accounts.set(account, (accounts.get(account) ?? 0) + notional);
  return Math.max(...accounts.values()) / total;
}

function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}
