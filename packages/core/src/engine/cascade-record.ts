import type { CascadeReading } from '../model/cascade.js';
import type { CascadeOutcome } from '../model/setup.js';
import type { DurationMs, Price, UnixMs } from '../model/units.js';
import { TOUCH_HORIZONS_MS } from '../setups/touch-rates.js';

/** Cascades kept: a year of one every two days. */
const KEPT = 200;
/** A mark this long after the moment it is wanted for still tells it. */
const LATE_MS = 60_000;

type Followed = CascadeOutcome & { readonly extremeAt: UnixMs };
type Held = Omit<Followed, 'after'> & { readonly after: readonly (Price | null)[] };

/** Plain data JSON can carry. */
export interface CascadeRecordState {
  readonly run: Held | null;
  readonly ended: readonly Held[];
}

/** Remembers cascades that ran, their extremes, and where the mark was 5, 15 and 60 minutes after these. */
export class CascadeRecord {
  #run: Followed | undefined;
  #ended: readonly Followed[] = [];

  /** The gauge and the mark of a second. */
  note(time: UnixMs, mark: Price, reading: CascadeReading): void {
    const run = this.#run;
    if (run !== undefined && reading.startedAt !== run.startedAt) {
      this.#ended = [...this.#ended, run].slice(-KEPT);
      this.#run = undefined;
    }
    this.#run = runOf(time, reading, this.#run);
    if (!(mark > 0)) return;
    this.#run &&= followed(this.#run, time, mark);
    this.#ended = this.#ended.map((outcome) => followed(outcome, time, mark));
  }

  /** Cascades that are over, oldest first. */
  outcomes(): readonly CascadeOutcome[] {
    return this.#ended;
  }

  /** Everything needed to go on. */
  state(): CascadeRecordState {
    return { run: this.#run === undefined ? null : heldOf(this.#run), ended: this.#ended.map(heldOf) };
  }

  /** Goes on from what `state` gave, also after JSON. */
  restore({ run, ended }: CascadeRecordState): void {
    this.#run = run === null ? undefined : followedOf(run);
    this.#ended = ended.map(followedOf);
  }
}

/** The run as of now; a new extreme begins what follows anew. */
function runOf(time: UnixMs, reading: CascadeReading, before: Followed | undefined): Followed | undefined {
  const { side, startedAt, startPrice, extremePrice } = reading;
  if (side === undefined || startedAt === undefined) return undefined;
  if (startPrice === undefined || extremePrice === undefined || before?.extremePrice === extremePrice) return before;
  const after = TOUCH_HORIZONS_MS.map((afterMs) => ({ afterMs: afterMs as DurationMs, price: undefined }));
  return { side, startedAt, startPrice, extremePrice, extremeAt: time, after };
}

/** Fills in the prices whose moment has come; one that was missed by more than a minute stays unknown. */
function followed(outcome: Followed, time: number, mark: Price): Followed {
  const isDue = ({ afterMs, price }: Followed['after'][number]): boolean => {
    const late = time - (outcome.extremeAt + afterMs);
    return price === undefined && late >= 0 && late <= LATE_MS;
  };
  if (!outcome.after.some(isDue)) return outcome;
  return { ...outcome, after: outcome.after.map((entry) => (isDue(entry) ? { ...entry, price: mark } : entry)) };
}

function heldOf({ after, ...rest }: Followed): Held {
  return { ...rest, after: after.map(({ price }) => price ?? null) };
}

function followedOf({ after, ...rest }: Held): Followed {
  const prices = TOUCH_HORIZONS_MS.map((afterMs, i) => ({
    afterMs: afterMs as DurationMs,
    price: after[i] ?? undefined,
  }));
  return { ...rest, after: prices };
}
