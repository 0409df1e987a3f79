import type { Engine } from '../engine/engine.js';
import type { Setup } from '../model/setup.js';
import type { UnixMs } from '../model/units.js';

/** Digits of an amount that a reader sees. */
const SEEN_DIGITS = 2;

/** What happened that a reader should know of at once: clusters that came, went or are told of, and the gauge's phase. */
export function eventsKey(engine: Engine): string {
  const { phase, side, since, hasPrints } = engine.watch.cascade.reading();
  const last = engine.watch.lastChange();
  const change = last === undefined ? '' : `${last.seenTime} ${last.kind} ${last.cluster.id}`;
  const alert = engine.alerts(Number.NEGATIVE_INFINITY as UnixMs).at(-1);
  const told = alert === undefined ? '' : `${alert.seenTime} ${alert.ruleId}`;
  const passed = engine.setups().filter(({ verdict }) => verdict === 'pass');
  return [change, phase, side, since, hasPrints, told, ...passed.map(nameOf)].join(' ');
}

/** What moves from second to second, as coarsely as it is read. */
export function amountsKey(engine: Engine): string {
  const { printed, printRate, consumedShare } = engine.watch.cascade.reading();
  const clusters = engine.clusters().map(({ id, low, high, energy, ledger }) => {
    return [id, low, high, seen(energy.p50), seen(ledger.swept), seen(ledger.printed)].join(' ');
  });
  const setups = engine
    .setups()
    .map((setup) => [nameOf(setup), ...setup.conditions.map(({ verdict }) => verdict)].join(' '));
  return [...clusters, ...setups, seen(printed), seen(printRate), seen(consumedShare ?? 0)].join('|');
}

function nameOf(setup: Setup): string {
  return [setup.kind, setup.side, setup.kind === 'fade' ? '' : setup.clusterId].join(' ');
}

function seen(amount: number): string {
  return amount < 1e-9 ? '0' : amount.toPrecision(SEEN_DIGITS);
}
