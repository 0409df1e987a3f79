import type { DepthView, MarketEvent } from '@liquidation-heatmap/core';
import { ReplayFactsSum, type RecordingFacts } from '../src/recording/replay-facts.js';
import { ReplayFeed, type ReplayOptions } from '../src/recording/replay-feed.js';
import { binance } from '../src/venues/binance/index.js';

/** What came of a recording. */
export interface Replayed {
  readonly events: readonly MarketEvent[];
  readonly facts: RecordingFacts;
  readonly feed: ReplayFeed;
}

/** Plays lines as fast as possible and keeps everything. `onEvent` sees the feed as it is after the event. */
export async function replayed(
  lines: AsyncIterable<string> | Iterable<string>,
  onEvent?: (event: MarketEvent, feed: ReplayFeed) => void,
  options: ReplayOptions = { adapters: [binance] },
): Promise<Replayed> {
  const feed = new ReplayFeed(options);
  const sum = new ReplayFactsSum(feed);
  const events: MarketEvent[] = [];
  for await (const event of feed.events(lines)) {
    events.push(event);
    sum.add(event);
    onEvent?.(event, feed);
  }
  return { events, facts: sum.facts(), feed };
}

/** A book as plain text, so that two books compare. */
export function bookText(view: DepthView | undefined): string {
  if (view === undefined) return 'not served';
  const side = ({ ticks, sizes }: DepthView['bids']) => Array.from(ticks, (tick, i) => `${tick}x${sizes[i]}`).join(' ');
  return `${side(view.bids)} | ${side(view.asks)}`;
}
