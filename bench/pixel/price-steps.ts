import { priceOfTicks, type PriceTicks } from '@liquidation-heatmap/core';
import type { RunningServer } from '@liquidation-heatmap/venue-server';

/** A trade of the reference venue as the venue server made it. */
export interface MadeTrade {
  /** Whole ticks: prices are compared as these. */
  readonly ticks: number;
  /** Unix ms that the venue stamps on the trade. */
  readonly stampedAt: number;
  /** Unix ms with fractions at which it was written to the sockets. */
  readonly sentAt: number;
  /** Made here, at a price of its own. */
  readonly isStep: boolean;
}

/** Price steps in a running market, and every trade around them. */
export interface PriceSteps {
  /** All trades of the reference venue so far, in the order of its socket. */
  readonly trades: readonly MadeTrade[];
  ticksOf(price: number): number;
  stop(): void;
}

/** A step comes after 30 to 70 ms, so that steps fall on every part of a second alike. */
const LEAST_WAIT_MS = 30;
const WAIT_SPAN_MS = 40;
/**
 * Steps go up 4 ticks at a time and down in between, around the mark: a price comes back after 12 s or so, and the touch one
 * tick below it, where the trades of a burst go on, is no other step's price. 0.3 permille of BTC either way.
 */
const STEPS_UP = 150;
const STEP_TICKS = 4;
/** A price that a trade had within this time names no step, ms. */
const UNUSED_MS = 7_000;

/** Unix ms with fractions, as the probes read it. */
export function machineNow(): number {
  return performance.timeOrigin + performance.now();
}

/**
 * Trades of the least size at distinctive prices on the reference venue, about twenty a second: the last price that a picture shows
 * then tells which of them it contains. The book follows at once, so that other trades at the touch keep the step's price.
 */
export function startPriceSteps({ host }: RunningServer): PriceSteps {
  const market = host.market('binance', 'BTCUSDT');
  const trades: MadeTrade[] = [];
  /** Unix ms of the newest trade at a price in ticks. */
  const usedAt = new Map<number, number>();
  const isUsed = (ticks: number): boolean => machineNow() - (usedAt.get(ticks) ?? 0) < UNUSED_MS;
  let count = 0;
  let lowest = 0;
  /** Ticks of the step that stands; trades of a burst go on there and one below. */
  let standing = 0;
  let isStep = false;
  const rise = (): void => {
    const at = count++ % (2 * STEPS_UP);
    if (at === 0) lowest = market.ticksOf(market.mark) - (STEPS_UP * STEP_TICKS) / 2;
    const isUp = at < STEPS_UP;
    standing = lowest + (isUp ? at * STEP_TICKS : (2 * STEPS_UP - 1 - at) * STEP_TICKS + STEP_TICKS / 2);
  };
  const place = (): void => {
    rise();
    for (let i = 0; i < 2 * STEPS_UP && (isUsed(standing) || isUsed(standing - 1)); i++) rise();
    const { tick, sizeStep } = market.listing;
    isStep = true;
    const price = priceOfTicks(standing as PriceTicks, tick.value);
    market.addTrades([{ time: Math.floor(host.now), price, size: sizeStep.value, takerSide: 'buy' }]);
    isStep = false;
    market.stepBook(host.now);
  };
  const deafen = market.listen((news) => {
    if (news.kind !== 'trades') return;
    const sentAt = machineNow();
    for (const { price, time } of news.trades) {
      const ticks = market.ticksOf(price);
      trades.push({ ticks, stampedAt: time, sentAt, isStep });
      usedAt.set(ticks, sentAt);
    }
    const last = trades.at(-1)!.ticks;
    // A trade of the market itself may meet a price that was there a second ago: a step takes its place at once.
    if (last !== standing && last !== standing - 1) place();
  });
  let timer: ReturnType<typeof setTimeout>;
  const next = (): void => {
    host.advance(Date.now());
    place();
    timer = setTimeout(next, LEAST_WAIT_MS + WAIT_SPAN_MS * goldenShare(count));
  };
  timer = setTimeout(next, 0);
  return {
    trades,
    ticksOf: (price) => market.ticksOf(price),
    stop: () => {
      clearTimeout(timer);
      deafen();
    },
  };
}

/** An even sequence in 0..1 that repeats in every run. */
function goldenShare(index: number): number {
  return (index * 0.618_033_988_749_895) % 1;
}
