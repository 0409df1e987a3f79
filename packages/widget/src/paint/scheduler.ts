import { mergeLevels, PAINT_LEVEL, type PaintLevel } from './paint-level.js';

/** Where frames come from: the page's `requestAnimationFrame`, or a test's own hand. */
export interface FrameClock {
  request(callback: () => void): number;
  cancel(handle: number): void;
  /** Takes what a target threw, so that the other targets still paint. */
  report(error: unknown): void;
}

/** Called with everything that became out of date since its last call. */
export type Paint = (level: PaintLevel) => void;

/** One target's connection to the scheduler. */
export interface PaintHandle {
  /** Asks for a paint in the next frame; several askings in one frame become one paint of the largest level. */
  invalidate(level: PaintLevel): void;
  /** While not visible nothing is painted; what was asked meanwhile is painted once it is visible again. */
  setVisible(isVisible: boolean): void;
  remove(): void;
}

interface Target {
  readonly paint: Paint;
  level: PaintLevel;
  isVisible: boolean;
}

/** One animation frame for all widgets of a page; asks for none while there is nothing to paint. */
export class PaintScheduler {
  readonly #clock: FrameClock;
  readonly #targets = new Set<Target>();
  #pending: number | undefined;

  constructor(clock: FrameClock) {
    this.#clock = clock;
  }

  /** True while a frame has been asked for and has not come. */
  get isWaiting(): boolean {
    return this.#pending !== undefined;
  }

  /** Adds a target; it starts visible and up to date. */
  add(paint: Paint): PaintHandle {
    const target: Target = { paint, level: PAINT_LEVEL.none, isVisible: true };
    this.#targets.add(target);
    return {
      invalidate: (level) => {
        target.level = mergeLevels(target.level, level);
        this.#ask();
      },
      setVisible: (isVisible) => {
        target.isVisible = isVisible;
        this.#ask();
      },
      remove: () => {
        this.#targets.delete(target);
        this.#ask();
      },
    };
  }

  #ask(): void {
    const isNeeded = [...this.#targets].some(isDue);
    if (isNeeded) {
      this.#pending ??= this.#clock.request(() => this.#frame());
    } else if (this.#pending !== undefined) {
      this.#clock.cancel(this.#pending);
      this.#pending = undefined;
    }
  }

  #frame(): void {
    this.#pending = undefined;
    for (const target of [...this.#targets]) {
      if (!isDue(target) || !this.#targets.has(target)) continue;
      const level = target.level;
      target.level = PAINT_LEVEL.none;
      try {
        target.paint(level);
      } catch (error) {
        this.#clock.report(error);
      }
    }
    this.#ask();
  }
}

function isDue(target: Target): boolean {
  return target.isVisible && target.level !== PAINT_LEVEL.none;
}
