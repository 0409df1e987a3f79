import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { EXIT_LAW, PRIOR, PRIOR_OUT_OF_REACH } from '@liquidation-heatmap/core';
import { recordingsDir } from '../recordings.js';
import { distancePriors } from './distance-priors.js';
import { variationBetween } from './distance-shares.js';
import { fit2023, fitFills, type FillsFit } from './exit-priors.js';
import { logHazardError, meanHazard, type ExitLaw } from './exit-law.js';
import { FIT_START, HAZARDS_2023 } from './published-inputs.js';
import { fitHazards } from './fit-hazards.js';
import { logLikelihood } from './fit-lots.js';
import { readPrintSizes } from './print-sizes.js';

const FOLDER = join(recordingsDir(), 'estimation');
const FILLS = join(FOLDER, 'hyperliquid_4accounts_fills_2024-09_2025-05.csv.gz');
const PRINTS = ['binance_forceorder_2024-08-17.csv.gz', 'binance_forceorder_2025-06-23_a.csv.gz'];

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

function lawText({ ratesPerHour, weights }: ExitLaw): string {
  const list = (values: readonly number[]) => values.map((value) => value.toPrecision(3)).join(' ');
  return `rates/h ${list(ratesPerHour)}; weights ${list(weights)}`;
}

function sayDistances(): void {
  const present = { classes: PRIOR, outOfReach: PRIOR_OUT_OF_REACH };
  say('Distance classes (shares nearest first | out of reach)');
  say(`  engine: ${PRIOR.map((share) => share.toFixed(4)).join(' ')} | ${PRIOR_OUT_OF_REACH.toFixed(4)}`);
  for (const prior of distancePriors()) {
    say(`  ${prior.id}: ${prior.classes.map((share) => share.toFixed(4)).join(' ')} | ${prior.outOfReach.toFixed(4)}`);
    say(
      `    median ${prior.median.toFixed(4)}, differs from the engine's by ${variationBetween(prior, present).toFixed(3)}`,
    );
  }
}

function sayFills(fit: FillsFit): void {
  say(`Exits, fills: used ${FILLS}`);
  const open = fit.lots.filter(({ isClosed }) => !isClosed).length;
  say(`  ${fit.fills} fills, ${fit.lots.length} lots (${open} open), unmatched ${Math.round(fit.unmatchedUsd)} USD`);
  say(
    `  largest account ${(100 * fit.largestAccountShare).toFixed(1)} %, effective lots ${Math.round(fit.effectiveLots)}`,
  );
  for (const age of fit.hazards) {
    const range = `${age.fromHours.toFixed(3)}-${age.toHours.toFixed(3)} h`;
    const band = `${age.low.toPrecision(3)}..${age.high.toPrecision(3)}`;
    say(
      `  ${range}: ${age.perHour.toPrecision(3)}/h (${band}), ${age.closedLots} closed, ${Math.round(age.closedUsd)} USD`,
    );
  }
  say(`  law: ${lawText(fit.law)}`);
  say(`  log-hazard error ${fit.error.toFixed(3)}, engine ${fit.engineError.toFixed(3)}`);
  say(`  log likelihood per notional ${fit.logLikelihood.toFixed(4)}, engine ${fit.engineLogLikelihood.toFixed(4)}`);
  const { fitted, engine, of2023 } = fit.laterHalf;
  say(
    `  later half: fitted on the earlier ${fitted.toFixed(4)}, engine ${engine.toFixed(4)}, law of 2023 ${of2023.toFixed(4)}`,
  );
}

sayDistances();
const table = fit2023();
say('Exits, table of 2023 (31,418 lots)');
say(`  law: ${lawText(table.law)}`);
say(`  log-hazard error ${table.error.toFixed(3)}, engine ${table.engineError.toFixed(3)}`);
for (const { fromHours, toHours, perHour } of HAZARDS_2023) {
  const [fitted, engine] = [table.law, EXIT_LAW].map((law) => meanHazard(law, fromHours, toHours).toPrecision(3));
  say(`  ${fromHours.toFixed(3)}-${toHours.toFixed(3)} h: measured ${perHour}/h, law ${fitted}, engine ${engine}`);
}
if (existsSync(FILLS)) {
  const fit = fitFills(FILLS, table.law);
  sayFills(fit);
  const crossed = [logHazardError(table.law, fit.hazards), logHazardError(fit.law, HAZARDS_2023)];
  say(
    `  log-hazard error of the law of 2023 here ${crossed[0]?.toFixed(3)}, of this law in 2023 ${crossed[1]?.toFixed(3)}`,
  );
  const both = [...HAZARDS_2023, ...fit.hazards];
  const between = fitHazards(both, FIT_START);
  say(`Exits, one law between both: ${lawText(between)}`);
  say(
    `  log-hazard error of both ${logHazardError(between, both).toFixed(3)}, engine ${logHazardError(EXIT_LAW, both).toFixed(3)}`,
  );
  say(`  log likelihood per notional of the fills ${logLikelihood(between, fit.lots).toFixed(4)}`);
  say(
    `  log-hazard error, lots 2023 ${logHazardError(between, HAZARDS_2023).toFixed(3)}, fills ${logHazardError(between, fit.hazards).toFixed(3)}`,
  );
  say(`  log likelihood per notional of the law of 2023 ${logLikelihood(table.law, fit.lots).toFixed(4)}`);
} else say(`Exits, fills: not there, ${FILLS} (set RECORDINGS_DIR)`);
for (const name of PRINTS) {
  const path = join(FOLDER, name);
  if (existsSync(path)) say(`Prints, ${name}: ${JSON.stringify(readPrintSizes(path))}`);
  else say(`Prints, ${name}: not there`);
}
