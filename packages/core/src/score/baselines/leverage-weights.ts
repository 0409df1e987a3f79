/** Leverages and their shares in the time-evolving recipe (gptprojectmanager, time_evolving_heatmap.py at 3416ddd). */
export const LEVERAGE_WEIGHTS: readonly (readonly [leverage: number, weight: number])[] = [
  [5, 0.15],
  [10, 0.3],
  [25, 0.25],
  [50, 0.2],
  [100, 0.1],
];
