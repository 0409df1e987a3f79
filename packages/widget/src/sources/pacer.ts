import type { CancelSignal } from '@liquidation-heatmap/core';

/** Holds playback back to market time x speed, and stops it while paused. */
export interface Pacer {
  /** Undefined when the moment has come, else a promise of it. Times before the start are never waited for. */
  until(time: number, signal: CancelSignal): Promise<void> | undefined;
  setPaused(paused: boolean): void;
}

/** Longest wait in one piece, ms: pausing and closing are noticed within it. */
const LONGEST_NAP_MS = 100;
/** Waits shorter than this are not worth a timer, ms. */
const SHORTEST_NAP_MS = 4;

/** Anchors market time `startTime` to the wall clock now; `speed` is market seconds a wall second. */
export function createPacer(startTime: number, speed: number): Pacer {
  let anchorWall = performance.now();
  let anchorTime = startTime;
  let isPaused = false;
  const marketNow = (): number => (isPaused ? anchorTime : anchorTime + (performance.now() - anchorWall) * speed);
  const wait = async (time: number, signal: CancelSignal): Promise<void> => {
    while (!signal.aborted && marketNow() < time) {
      const leftMs = isPaused ? LONGEST_NAP_MS : (time - marketNow()) / speed;
      await nap(Math.min(LONGEST_NAP_MS, Math.max(1, leftMs)));
    }
  };
  return {
    until: (time, signal) => {
      if (time <= anchorTime && !isPaused) return undefined;
      return !isPaused && time - marketNow() < SHORTEST_NAP_MS * speed ? undefined : wait(time, signal);
    },
    setPaused: (paused) => {
      anchorTime = marketNow();
      anchorWall = performance.now();
      isPaused = paused;
    },
  };
}

function nap(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
