import type { MarketEvent, UnixMs } from '@liquidation-heatmap/core';
import type { SessionOptions } from '../../feed.js';
import { listField } from '../../frame-shape.js';
import { ratioBodyAt } from '../../ratio-call.js';
import { ReadingSession, type Reading } from '../../reading-session.js';
import { faultOf, isObject, shown, type JsonObject } from '../../wire-fields.js';
import { InstrumentFeed } from './instrument-feed.js';
import type { OkxLine } from './line.js';
import { timeOf } from './parse.js';
import { OKX_RATIOS } from './ratios.js';

const LIQUIDATIONS = 'liquidation-orders';

/** A line of OKX being read: frames in, market events out. All channels come over one socket. */
export class OkxSession extends ReadingSession<InstrumentFeed> {
  /** The first liquidations after subscribing are old ones. */
  #awaitsOldLiquidations = false;

  constructor(line: OkxLine, options: SessionOptions) {
    const { venue, tabledInstrument } = line;
    const ratiosAt = (url: string) => ratioBodyAt(OKX_RATIOS, url);
    super({ venue, tabledInstrument, readerOf: (spec, tally) => new InstrumentFeed(spec, tally), ratiosAt }, options);
  }

  override onText(text: string, receiveTime: UnixMs): readonly MarketEvent[] {
    if (text !== 'pong') return super.onText(text, receiveTime);
    this.tally.record('pong');
    return [];
  }

  protected onFrame(frame: JsonObject, receiveTime: UnixMs): readonly MarketEvent[] {
    if (frame['event'] !== undefined) return this.#answer(frame, receiveTime);
    const { arg, action } = frame;
    const channel = isObject(arg) ? arg['channel'] : undefined;
    if (!isObject(arg) || typeof channel !== 'string')
      return this.told(faultOf('bad-channel', 'arg', `arg must name a channel, was ${shown(arg)}`), receiveTime);
    this.tally.record(typeof action === 'string' ? `${channel}:${action}` : channel);
    const list = listField(`${channel}.data`, frame['data']);
    if (!list.ok) return this.told(list.fault, receiveTime);
    this.#observe(list.value, receiveTime);
    if (channel === LIQUIDATIONS) return this.#liquidations(list.value, receiveTime);
    const instId = arg['instId'];
    if (typeof instId !== 'string')
      return this.told(
        faultOf('bad-symbol', 'arg.instId', `arg.instId must be a text, was ${shown(instId)}`),
        receiveTime,
      );
    const seenTime = this.clock.seenTimeOf(receiveTime);
    // An index is named by its pair; the swap on it is the contract that is read.
    const ownSymbol = channel === 'index-tickers' ? `${instId}-SWAP` : instId;
    return this.emit(ownSymbol, receiveTime, seenTime, (feed) =>
      readChannel(feed, channel, action, list.value, seenTime),
    );
  }

  #observe(items: readonly JsonObject[], receiveTime: UnixMs): void {
    const time = timeOf(items[0]?.['ts']);
    if (!Number.isNaN(time)) this.clock.observe(receiveTime, time as UnixMs);
  }

  /** The whole market comes; each contract is taken by its exact name, and what of it comes together is sound or not by itself. */
  #liquidations(items: readonly JsonObject[], receiveTime: UnixMs): readonly MarketEvent[] {
    if (this.#awaitsOldLiquidations) {
      this.#awaitsOldLiquidations = false;
      return this.left('history-liquidation');
    }
    const nameless = items.find(({ instId }) => typeof instId !== 'string');
    if (nameless !== undefined) {
      const message = `${LIQUIDATIONS}.instId must be a text, was ${shown(nameless['instId'])}`;
      return this.told(faultOf('bad-symbol', `${LIQUIDATIONS}.instId`, message), receiveTime);
    }
    const seenTime = this.clock.seenTimeOf(receiveTime);
    return items.flatMap(({ instId, details }) => [
      ...this.emit(instId as string, receiveTime, seenTime, (feed) => feed.onLiquidations(details, seenTime)),
    ]);
  }

  #answer({ event, arg, code, msg }: JsonObject, receiveTime: UnixMs): readonly MarketEvent[] {
    this.tally.record(`event:${typeof event === 'string' ? event : 'unknown'}`);
    if (event === 'subscribe' && isObject(arg) && arg['channel'] === LIQUIDATIONS) this.#awaitsOldLiquidations = true;
    if (event === 'notice') return this.noticed(`The venue announces: ${shown(msg)}`, receiveTime);
    if (event !== 'error') return [];
    const message = `The venue refused: ${shown(msg)} (code ${shown(code)})`;
    return this.told(faultOf('venue-error', 'frame', message), receiveTime);
  }
}

/** Hands a channel's items to their reader; undefined for channels that are not used. */
function readChannel(
  feed: InstrumentFeed,
  channel: string,
  action: unknown,
  items: readonly JsonObject[],
  seenTime: UnixMs,
): Reading | undefined {
  if (channel === 'trades') return feed.onTrades(items, seenTime);
  if (channel === 'books') return feed.onBooks(items, action, seenTime);
  return feed.onValues(channel, items, seenTime);
}
