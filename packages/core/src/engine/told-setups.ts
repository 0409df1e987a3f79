import type { FrameFacts } from '../model/heatmap-frame.js';
import type { Condition, MagnetLift, OutcomeRate, Setup, TouchRates } from '../model/setup.js';
import type { UnixMs } from '../model/units.js';
import type { AlertWatch } from './alert-watch.js';
import type { SetupWatch } from './setup-watch.js';

/** Alerts that facts tell of; the engine keeps more. */
const ALERTS_TOLD = 20;
/** Digits that are told of a value, decimals of a rate: more than any place shows. */
const DIGITS = 5;
const RATE_DECIMALS = 4;
const MS_TOLD = 1_000;

/** The part of the facts that speaks of setups and alerts. A setup whose cluster is out of reach, or whose cascade has not begun, is not told. */
export function toldSetups(
  setups: Pick<SetupWatch, 'setups'>,
  alerts: Pick<AlertWatch, 'alerts'>,
): Pick<FrameFacts, 'setups' | 'alerts'> {
  return {
    setups: setups.setups().filter(isTold).map(rounded),
    alerts: alerts.alerts(Number.NEGATIVE_INFINITY as UnixMs).slice(-ALERTS_TOLD),
  };
}

function isTold({ conditions }: Setup): boolean {
  return !conditions.some(
    ({ name, verdict, value }) => (name === 'distance' && verdict === 'fail') || value === 'armed' || value === 'idle',
  );
}

function rounded(setup: Setup): Setup {
  const conditions = setup.conditions.map(roundedCondition);
  if (setup.kind === 'magnet') return { ...setup, conditions, lifts: setup.lifts.map(roundedLift) };
  if (setup.kind !== 'confluence') return { ...setup, conditions };
  const { resting, absorbRatio, outcomes } = setup;
  return {
    ...setup,
    conditions,
    resting: resting && { ...resting, notional: digits(resting.notional), persistedMs: seconds(resting.persistedMs) },
    absorbRatio: absorbRatio === undefined ? undefined : digits(absorbRatio),
    outcomes: outcomes.map(roundedTouches),
  };
}

function roundedCondition(condition: Condition): Condition {
  if (condition.relation === 'is' || condition.value === undefined) return condition;
  const value = condition.unit === 'ms' ? seconds(condition.value) : digits(condition.value);
  return { ...condition, value };
}

function roundedLift({ nullRate, lift, low95, high95, touched, ...rest }: MagnetLift): MagnetLift {
  return {
    ...rest,
    touched: roundedRate(touched),
    nullRate: nullRate === undefined ? undefined : decimals(nullRate),
    lift: lift === undefined ? undefined : digits(lift),
    low95: low95 === undefined ? undefined : digits(low95),
    high95: high95 === undefined ? undefined : digits(high95),
  };
}

function roundedTouches({ afterMs, broke, bounced }: TouchRates): TouchRates {
  return { afterMs, broke: roundedRate(broke), bounced: roundedRate(bounced) };
}

function roundedRate({ n, rate, low95, high95, source }: OutcomeRate): OutcomeRate {
  const told = rate === undefined ? undefined : decimals(rate);
  return { n, rate: told, low95: decimals(low95), high95: decimals(high95), source };
}

function decimals<Share extends number>(share: Share): Share {
  return Number(share.toFixed(RATE_DECIMALS)) as Share;
}

function digits<Amount extends number>(amount: Amount): Amount {
  return Number(amount.toPrecision(DIGITS)) as Amount;
}

function seconds<Amount extends number>(ms: Amount): Amount {
  return (Math.floor(ms / MS_TOLD) * MS_TOLD) as Amount;
}
