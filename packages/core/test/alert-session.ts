import type { AlertRule } from '../src/model/alert.js';
import type { Cluster, ClusterChange, ClusterChangeKind } from '../src/model/cluster.js';
import type { Price, UnixMs } from '../src/model/units.js';
import type { AlertInput } from '../src/alerts/alert-input.js';
import { checkAlertRules } from '../src/alerts/check-alert-rules.js';

/** Rows of 1..100 USD on both sides: a cluster of 90 USD a row is denser than 90 % of them. */
export const HUNDRED_ROWS = Float64Array.from({ length: 100 }, (_, row) => row + 1);

/** Rules from JSON; throws at a fault, which is a mistake of the test. */
export function rulesOf(...json: readonly object[]): readonly AlertRule[] {
  const checked = checkAlertRules(json);
  if (!checked.ok) throw new Error(checked.fault.message);
  return checked.value;
}

/** One quiet second of a live picture, with what a test says of it. */
export function secondOf(seconds: number, told: Partial<AlertInput> = {}): AlertInput {
  return {
    seenTime: (seconds * 1_000) as UnixMs,
    price: 100 as Price,
    clusters: [],
    changes: [],
    rows: { long: HUNDRED_ROWS, short: HUNDRED_ROWS },
    cascades: [],
    setups: [],
    freshness: { state: 'live', venues: [] },
    ...told,
  };
}

/** A change that a cluster reports. */
export function changeOf(kind: ClusterChangeKind, cluster: Cluster): ClusterChange {
  return { kind, seenTime: 0 as UnixMs, cluster };
}
