import type { Engine } from '../engine/engine.js';

/** Digits of an amount that a reader sees. */
const SEEN_DIGITS = 2;

/** What happened that a reader should know of at once: clusters that came, went or are told of, and the gauge's phase. */
export function eventsKey(engine: Engine): string {
  const { phase, side, since, hasPrints } = engine.watch.cascade.reading();
  const last = engine.watch.lastChange();
  const change = last === undefined ? '' : `${last.seenTime} ${last.kind} ${last.cluster.id}`;
  return [change, phase, side, since, hasPrints].join(' ');
}

/** What moves from second to second, as coarsely as it is read. */
export function amountsKey(engine: Engine): string {
  const { printed, printRate, consumedShare } = engine.watch.cascade.reading();
  const clusters = engine.clusters().map(({ id, low, high, energy, ledger }) => {
    return [id, low, high, seen(energy.p50), seen(ledger.swept), seen(ledger.printed)].join(' ');
  });
  return [...clusters, seen(printed), seen(printRate), seen(consumedShare ?? 0)].join('|');
}

function seen(amount: number): string {
  return amount < 1e-9 ? '0' : amount.toPrecision(SEEN_DIGITS);
}
