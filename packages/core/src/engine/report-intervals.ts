import type { InstrumentId } from '../model/instrument.js';
import type { UnixMs } from '../model/units.js';

/** Venues that push open interest with every change are quiet at times; no interval counts as shorter. Chosen, not measured. */
const SHORTEST_MS = 10_000;

/** Per instrument the newest report and the two spacings before it, ms; plain data a checkpoint can hold. */
export type ReportIntervalsState = readonly {
  readonly instrument: InstrumentId;
  readonly last: number;
  readonly spacing: number;
  readonly before: number;
}[];

/** How often open interest is reported: silence means something only against that. */
export class ReportIntervals {
  readonly #reports = new Map<
    InstrumentId,
    { readonly last: number; readonly spacing: number; readonly before: number }
  >();

  /** Open interest was reported. */
  note(instrument: InstrumentId, time: UnixMs): void {
    const { last, spacing } = this.#reports.get(instrument) ?? { last: Number.NaN, spacing: Number.NaN };
    this.#reports.set(instrument, { last: time, spacing: time - last, before: spacing });
  }

  /** The longer of the last two spacings, at least 10 s; undefined before there is one. */
  intervalOf(instrument: InstrumentId): number | undefined {
    const report = this.#reports.get(instrument);
    if (report === undefined || Number.isNaN(report.spacing)) return undefined;
    return Math.max(SHORTEST_MS, report.spacing, report.before || 0);
  }

  /** What another one goes on from. */
  state(): ReportIntervalsState {
    return [...this.#reports].map(([instrument, report]) => ({ instrument, ...report }));
  }

  /** Goes on from what `state` gave. */
  restore(state: ReportIntervalsState): void {
    this.#reports.clear();
    for (const { instrument, last, spacing, before } of state) this.#reports.set(instrument, { last, spacing, before });
  }
}
