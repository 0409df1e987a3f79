import type { FrameFacts } from '@liquidation-heatmap/core';
import { formatPercent } from './format/format-percent.js';
import { formatUsd } from './format/format-usd.js';
import type { DisplayScale } from './heat/display-scale.js';
import { fill, type Messages } from './locales/messages.js';

/** What a color means: USD, shares of the brightest, or one ramp over several charts. */
export type ScaleMode = 'absolute' | 'relative' | 'shared';

/** A labeled place on the legend's bar; `position` 0 (faintest) to 1 (densest). */
export interface LegendTick {
  readonly position: number;
  readonly label: string;
}

/** Everything a legend says. */
export interface LegendModel {
  readonly title: string;
  readonly unit: string;
  /** Name of the scale mode, and of what the estimate lacks. */
  readonly scaleLabel: string;
  readonly ticks: readonly LegendTick[];
}

/** Ticks lie at least this share of the bar apart, so that labels do not touch on a bar of 160 px. */
const LEAST_GAP = 0.22;
/** Height of a lattice row, the unit of exposure. */
const ROW_SHARE = 0.001;

/** Text and ticks of the legend: USD, or percent of the brightest where open interest is not known. */
export function legendModel(
  scale: DisplayScale | undefined,
  facts: Pick<FrameFacts, 'scale' | 'basis'>,
  mode: ScaleMode,
  messages: Messages,
  locale: string,
): LegendModel {
  const isRelative = facts.scale === 'relative';
  const modeName = { absolute: messages.scaleAbsolute, relative: messages.scaleRelative, shared: messages.scaleShared }[
    mode
  ];
  const lacks = [
    ...(isRelative ? [messages.noOpenInterest] : []),
    ...(facts.basis === 'prior-only' ? [messages.priorOnly] : []),
  ];
  return {
    title: messages.legendTitle,
    unit: isRelative ? messages.legendPercent : fill(messages.legendUnit, { rows: formatPercent(ROW_SHARE, locale) }),
    scaleLabel: [modeName, ...lacks].join(' · '),
    ticks: scale === undefined ? [] : legendTicks(scale, isRelative, locale),
  };
}

/** 1-2-5 values between the ends, spread out, the densest end always among them. */
function legendTicks(scale: DisplayScale, isRelative: boolean, locale: string): readonly LegendTick[] {
  const unit = isRelative ? scale.high : 1;
  const positionOf = (value: number): number => (value * unit - scale.low) / (scale.high - scale.low);
  const labelOf = (value: number): string => (isRelative ? formatPercent(value, locale) : formatUsd(value, locale));
  const ticks: LegendTick[] = [{ position: 1, label: labelOf(scale.high / unit) }];
  for (const value of niceDownFrom(scale.high / unit)) {
    const position = positionOf(value);
    if (position < 0) break;
    const label = labelOf(value);
    if (ticks.at(-1)!.position - position >= LEAST_GAP && label !== ticks.at(-1)!.label)
      ticks.push({ position, label });
  }
  return ticks.reverse();
}

/** 5, 2, 1 times powers of ten below a value, descending without end. */
function* niceDownFrom(value: number): Generator<number> {
  for (let exponent = Math.floor(Math.log10(value)); ; exponent--) {
    for (const digit of [5, 2, 1]) {
      const nice = exponent < 0 ? digit / 10 ** -exponent : digit * 10 ** exponent;
      if (nice < value) yield nice;
    }
  }
}
