import { isSpeed, type SourceChoice } from '../sources/source-choice.js';
import type { SettingsFault } from './settings.js';

/** What is too rich for attributes; every part may be left out. */
export interface HeatmapConfig {
  /** Market seconds a wall second for recordings and simulations; default 1. A `?speed=` in `src` wins. */
  readonly speed?: number;
  /** The host accepts that `labels="none"` removes the "Estimated" label and says so itself. */
  readonly acceptsLabelRemoval?: boolean;
}

/** Faults of a config, by JSON path. */
export function checkConfig(config: HeatmapConfig): readonly SettingsFault[] {
  const { speed } = config;
  if (speed === undefined || isSpeed(speed)) return [];
  const message = `config.speed must be a number from 0.1 to 1000, was ${JSON.stringify(speed)}`;
  return [{ code: 'invalid-config', field: 'config.speed', message, isDecisive: false }];
}

/** Playback speed to use: the address's own, else the config's, else 1. */
export function speedOf(config: HeatmapConfig, choice: SourceChoice): number {
  const own = choice.kind === 'recording' ? choice.speed : undefined;
  return own ?? (config.speed !== undefined && isSpeed(config.speed) ? config.speed : 1);
}
