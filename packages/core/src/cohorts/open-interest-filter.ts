/** Reports over which the noise of reports is judged: the memory of an exponential mean. Chosen. */
const MEMORY_REPORTS = 200;
/** Correlation of neighboring changes below which reports are taken to be noisy, if it is also this many standard errors from 0. */
const NOISY_CORRELATION = -0.2;
const STANDARD_ERRORS = 3;
/** Share of the volume since the last report that a net change is believed to be made of at once; trades mostly pass positions on. Chosen. */
const MOST_NET_SHARE = 0.3;
/** Reports over which a change is mostly step and not error. */
const FAR_REPORTS = 12;
/** A report never counts for less than this share. */
const LEAST_GAIN = 0.1;
/** A change from one report to the next, as a share, beyond which volume or a second report has to bear it out. Chosen. */
const DOUBTFUL_CHANGE = 0.08;

/**
 * Believes reports of open interest as far as they deserve it. A change of more than 8 % that the volume traded since the last
 * report can hardly have made waits for a second report. A noisy series shows as neighboring changes that undo each other: under a
 * random walk with independent errors a change over k reports varies by k p + 2 n, n and p the variances of error and step; one
 * and twelve reports give both, and the steady gain of the Kalman filter of that walk is P / (P + 1), P = (q + sqrt(q^2 + 4 q)) / 2,
 * q = p / n. Sizes in contract units.
 */
export class OpenInterestFilter {
  /** Believed open interest; NaN before the first report. */
  level = Number.NaN;
  /** Last report that was not held back, the change to it (log), and a report that waits for confirmation. */
  lastReport = Number.NaN;
  lastChange = Number.NaN;
  doubtful = Number.NaN;
  /** Means of squared changes, of products of neighboring changes, and of squared changes over twelve reports. */
  squares = 0;
  products = 0;
  farSquares = 0;
  /** Logarithms of the last twelve reports, by count. */
  readonly recent = new Float64Array(FAR_REPORTS).fill(Number.NaN);
  count = 0;

  /**
   * Takes a report in, with the volume traded since the last one (undefined where that is not known); the believed open
   * interest, or undefined while the report waits to be confirmed.
   */
  note(size: number, volume: number | undefined): number | undefined {
    if (this.#isDoubtful(size, volume)) {
      this.doubtful = size;
      return undefined;
    }
    this.doubtful = Number.NaN;
    this.#learn(size);
    const gain = this.gain();
    const isPlain = gain === 1 || Number.isNaN(this.level) || this.level === 0 || size === 0;
    this.level = isPlain ? size : this.level * (size / this.level) ** gain;
    return this.level;
  }

  /** Share of a report's distance from the believed level that is taken over, 0.1..1. */
  gain(): number {
    if (this.squares === 0) return 1;
    const correlation = this.products / this.squares;
    const chance = STANDARD_ERRORS / Math.sqrt(Math.min(this.count, MEMORY_REPORTS));
    if (correlation > Math.min(NOISY_CORRELATION, -chance)) return 1;
    const step = Math.max(0, (this.farSquares - this.squares) / (FAR_REPORTS - 1));
    const error = (this.squares - step) / 2;
    if (!(error > 0)) return 1;
    const ratio = step / error;
    const doubt = (ratio + Math.sqrt(ratio * ratio + 4 * ratio)) / 2;
    return Math.max(LEAST_GAIN, doubt / (doubt + 1));
  }

  #isDoubtful(size: number, volume: number | undefined): boolean {
    const change = size - this.lastReport;
    if (volume === undefined || !(Math.abs(change) > DOUBTFUL_CHANGE * this.lastReport)) return false;
    if (Math.abs(change) <= MOST_NET_SHARE * volume) return false;
    // A second report bears the first out if it went at least half as far the same way.
    return !(change / (this.doubtful - this.lastReport) >= 0.5);
  }

  #learn(size: number): void {
    const change = Math.log(size / this.lastReport);
    this.lastReport = size;
    if (!Number.isFinite(change)) return;
    const share = 1 / Math.min(MEMORY_REPORTS, this.count + 1);
    this.squares += (change * change - this.squares) * share;
    if (Number.isFinite(this.lastChange)) this.products += (change * this.lastChange - this.products) * share;
    const slot = this.count % FAR_REPORTS;
    const far = Math.log(size) - this.recent[slot]!;
    if (Number.isFinite(far))
      this.farSquares += (far * far - this.farSquares) / Math.min(MEMORY_REPORTS, this.count - FAR_REPORTS + 1);
    this.recent[slot] = Math.log(size);
    this.lastChange = change;
    this.count += 1;
  }
}
