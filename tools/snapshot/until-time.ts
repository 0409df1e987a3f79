import type { MarketEvent, UnixMs } from '@liquidation-heatmap/core';

/** Events seen up to a time; ends there without reading on. */
export async function* untilTime(
  events: AsyncIterable<MarketEvent> | Iterable<MarketEvent>,
  time: UnixMs,
): AsyncGenerator<MarketEvent> {
  for await (const event of events) {
    if (event.seenTime > time) return;
    yield event;
  }
}
