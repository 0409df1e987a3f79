import { MS_PER_HOUR, MS_PER_MINUTE } from '@liquidation-heatmap/core';
import type { InstrumentMarket } from '../../market/instrument-market.js';
import type { VenueBar } from '../../market/minute-bars.js';
import type { SymbolName } from '../../market/venue-name.js';
import type { FrameAbout, VenueDesk } from '../venue-server.js';
import { priceText, sizeText } from './frames.js';

const MINUTES = new Set([1, 3, 5, 15, 30, 60, 120, 240, 360, 720]);
const KLINE_MS = 1_000;

/** Length of a candle by this venue's name: minutes as a bare number, `D` for a day. */
export function klineInterval(name: string): number | undefined {
  if (name === 'D') return 24 * MS_PER_HOUR;
  return MINUTES.has(Number(name)) ? Number(name) * MS_PER_MINUTE : undefined;
}

/** One row of `kline`; `mark-price-kline` ends after the close. */
export function klineRow(market: InstrumentMarket, bar: VenueBar, isMark: boolean): string[] {
  const { listing } = market;
  const prices = [bar.open, bar.high, bar.low, bar.close].map((price) => priceText(listing, price));
  const sizes = isMark ? [] : [sizeText(listing, bar.size), bar.turnover.toFixed(4)];
  return [String(bar.openTime), ...prices, ...sizes];
}

interface KlineTopic {
  readonly topic: string;
  readonly name: string;
  readonly lengthMs: number;
}

/** The running candle each second, and once more when it is closed. */
export function klineTopic(
  desk: VenueDesk,
  market: InstrumentMarket,
  symbol: SymbolName,
  { topic, name, lengthMs }: KlineTopic,
  send: (frame: unknown, about: FrameAbout) => void,
): () => void {
  let running: number | undefined;
  const tell = (openTime: number, confirm: boolean): void => {
    const bar = market.bars.range(lengthMs, openTime, openTime)[0];
    if (bar === undefined) return;
    const [start, open, high, low, close, volume, turnover] = klineRow(market, bar, false);
    const last = { start: Number(start), end: openTime + lengthMs - 1, interval: name };
    const data = [{ ...last, open, close, high, low, volume, turnover, confirm, timestamp: desk.now() }];
    send({ topic, type: 'snapshot', ts: desk.now(), data }, { channel: 'bars', symbol });
  };
  return desk.every(KLINE_MS, () => {
    const openTime = Math.floor((market.bars.last?.openTime ?? 0) / lengthMs) * lengthMs;
    if (running !== undefined && running < openTime) tell(running, true);
    running = openTime;
    tell(openTime, false);
  });
}
