import type { Price } from '@liquidation-heatmap/core';
import { decimalsOfTick, formatPrice } from '../format/format-price.js';
import { yOfPrice, type Viewport } from '../viewport.js';

/** A labeled place on the price axis; `y` in CSS pixels. */
export interface PriceTick {
  readonly price: Price;
  readonly y: number;
  readonly label: string;
  /** True on rounder prices than the axis step asks for. */
  readonly isMajor: boolean;
}

/** How price ticks are chosen. */
export interface PriceTickOptions {
  /** Least distance between two ticks in CSS pixels. */
  readonly minGapPx: number;
  /** Smallest price step as an exact decimal, e.g. `0.10`; no tick falls between two of them. */
  readonly tickSize: string;
  readonly locale: string;
}

/** Above this high / low ratio one step cannot serve both ends of a logarithmic axis. */
const ONE_STEP_RATIO = 2;
const MOST_TICKS = 200;

/**
 * Round prices (1, 2, 5 x powers of ten, multiples of the tick size) at least `minGapPx` apart, lowest first.
 * A view within a factor of two gets one step throughout; a wider one gets steps that grow with the price.
 */
export function priceTicks(view: Viewport, { minGapPx, tickSize, locale }: PriceTickOptions): readonly PriceTick[] {
  const perPixel = Math.log(view.high / view.low) / view.plot.height;
  if (!(perPixel > 0) || !Number.isFinite(perPixel)) return [];
  const growth = Math.exp(minGapPx * perPixel);
  const tick = Number(tickSize);
  const topStep = stepOf(view.high * (1 - 1 / growth), tick);
  const isOneStep = view.high / view.low <= ONE_STEP_RATIO;
  const ticks: PriceTick[] = [];
  let least: number = view.low;
  for (let count = 0; count < MOST_TICKS; count++) {
    const step = isOneStep ? topStep : stepOf(least * (1 - 1 / growth), tick);
    const price = roundedUp(least, step.size);
    if (price > view.high) break;
    ticks.push(tickAt(view, price, step, tickSize, locale));
    least = Math.max(price * growth, price + step.size / 2);
  }
  return ticks;
}

/** A step as digit x 10^exponent. */
interface Step {
  readonly size: number;
  readonly exponent: number;
}

function stepOf(leastSize: number, tickSize: number): Step {
  const floor = Math.max(leastSize, tickSize * (1 - 1e-9));
  for (let exponent = Math.floor(Math.log10(floor)), tries = 0; tries < 4; exponent++, tries++) {
    for (const digit of [1, 2, 5]) {
      const size = scaled(digit, exponent);
      if (size >= floor * (1 - 1e-9) && isMultiple(size, tickSize)) return { size, exponent };
    }
  }
  const ticks = Math.ceil(floor / tickSize - 1e-9);
  return { size: ticks * tickSize, exponent: Math.floor(Math.log10(tickSize)) };
}

/** digit x 10^exponent, by division for negative exponents so that 0.1 stays the nearest double to 0.1. */
function scaled(digit: number, exponent: number): number {
  return exponent < 0 ? digit / 10 ** -exponent : digit * 10 ** exponent;
}

function isMultiple(size: number, of: number): boolean {
  const count = size / of;
  return Math.abs(count - Math.round(count)) < 1e-6;
}

/** The next multiple at or above; the slack is the rounding of the division, far below what moves a tick out of view. */
function roundedUp(value: number, step: number): number {
  const count = value / step;
  return Math.ceil(count - count * 1e-14) * step;
}

function tickAt(view: Viewport, price: number, step: Step, tickSize: string, locale: string): PriceTick {
  const decimals = Math.min(decimalsOfTick(tickSize), Math.max(0, -step.exponent));
  return {
    price: price as Price,
    y: yOfPrice(view, price),
    label: formatPrice(price, decimals, locale),
    isMajor: isMultiple(price, scaled(1, step.exponent + 1)),
  };
}
