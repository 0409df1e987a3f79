import { decodeMessage } from '@liquidation-heatmap/core';
import type { Notes } from './open-chart.js';
import type { PriceSteps } from './price-steps.js';
import type { TakenBatch } from './probes/in-page.js';

/** When one price step passed each place, unix ms. */
export interface StepTimes {
  readonly stamped: number;
  readonly sent: number;
  readonly received: number;
  /** The tick that the picture was made at, on the venue's clock. */
  readonly tick: number;
  readonly posted: number;
  readonly taken: number;
  /** End of the main thread's part of the animation frame. */
  readonly painted: number;
  /** The changed pixels had been read back: the GPU was done with them too. */
  readonly read: number;
}

/** The steps of one window. */
export interface FollowedSteps {
  readonly times: readonly StepTimes[];
  /** Steps of the window whose way could not be followed to a painted pixel. */
  readonly lost: number;
  /** Paints whose tag should have changed and had the same pixels. */
  readonly unchanged: number;
  /** Pictures whose last price trades before and after another step had: counted as the oldest, so that delays are never too short. */
  readonly ambiguous: number;
}

/** A picture that contains everything up to a trade. */
interface Shown {
  readonly at: number;
  readonly readAt: number;
  /** Index of the newest trade that is surely in it. */
  readonly upTo: number;
}

/** A price seen at a later moment than this after the trade is another trade's, ms. */
const LONGEST_MS = 6_000;

/** Follows the steps stamped from `from` to `to`. A picture contains a step when its last price is that of the step or of a later trade. */
export function followSteps(steps: PriceSteps, { page, worker }: Notes, from: number, to: number): FollowedSteps {
  const { trades } = steps;
  const containedAt = (price: number, at: number): number => {
    const ticks = steps.ticksOf(price);
    // The earliest trade with that price: what came after it may or may not be in the picture.
    return trades.findIndex((trade) => trade.sentAt > at - LONGEST_MS && trade.sentAt < at && trade.ticks === ticks);
  };
  const paints = page.paints.filter(({ hasChanged }) => hasChanged !== undefined);
  const painted: readonly Shown[] = paints
    .filter((paint, i) => paint.hasChanged === true || paint.price === paints[i - 1]?.price)
    .map(({ at, readAt, price }) => ({ at, readAt, upTo: containedAt(price, at) }));
  const batches = page.batches.flatMap((batch) => {
    const now = presentOf(batch);
    return now === undefined ? [] : [{ ...batch, tick: now.tick, upTo: containedAt(now.price, batch.at) }];
  });
  const receivedAt = new Map(worker.trades.map((t) => [`${t.stampedAt} ${steps.ticksOf(t.price)}`, t.receivedAt]));
  const times: StepTimes[] = [];
  let lost = 0;
  for (const [index, trade] of trades.entries()) {
    if (!trade.isStep || trade.sentAt < from || trade.sentAt >= to) continue;
    const received = receivedAt.get(`${trade.stampedAt} ${trade.ticks}`);
    const batch = batches.find(({ upTo }) => upTo >= index);
    const paint = painted.find(({ upTo }) => upTo >= index);
    const posted = batch === undefined ? undefined : worker.postedAt[batch.index];
    if (received === undefined || batch === undefined || paint === undefined || posted === undefined) lost += 1;
    else {
      const { tick, at: taken } = batch;
      times.push({
        stamped: trade.stampedAt,
        sent: trade.sentAt,
        received,
        tick,
        posted,
        taken,
        painted: paint.at,
        read: paint.readAt,
      });
    }
  }
  const unchanged = paints.filter(
    (paint, i) => i > 0 && paint.hasChanged === false && paint.price !== paints[i - 1]!.price,
  ).length;
  const isAmbiguous = ({ at, price }: { readonly at: number; readonly price: number }): boolean => {
    const first = containedAt(price, at);
    const ticks = steps.ticksOf(price);
    const last = trades.findLastIndex((trade) => trade.sentAt < at && trade.ticks === ticks);
    return trades
      .slice(first, last)
      .some((trade) => trade.isStep && trade.ticks !== ticks && trade.ticks !== ticks + 1);
  };
  return { times, lost, unchanged, ambiguous: paints.filter(isAmbiguous).length };
}

/** Last price and tick of the newest present in a batch. */
function presentOf({ messages }: TakenBatch): { readonly tick: number; readonly price: number } | undefined {
  const presents = messages.flatMap((text) => {
    const message = decodeMessage(Buffer.from(text, 'base64'));
    if (!message.ok || (message.value.kind !== 'now' && message.value.kind !== 'snapshot')) return [];
    const { now } = message.value;
    return now === undefined ? [] : [{ tick: now.seenTime, price: now.lastPrice }];
  });
  return presents.at(-1);
}
