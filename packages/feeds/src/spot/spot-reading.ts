import type { Fault, InstrumentId, MarketEvent, UnixMs } from '@liquidation-heatmap/core';
import { faultOf } from '../wire-fields.js';
import type { SpotQuote, SpotWire } from './spot-wire.js';

/** The same price says nothing new within this time. */
const REPEAT_MS = 1_000;
/** Clocks of one venue's machines do not differ by more. */
const AHEAD_MS = 10_000;
/** After a fault the channel counts as troubled until this much time has passed without another. */
const TROUBLE_MS = 10_000;

/** Reads a spot stream for one instrument: which prices are told, where one is missing, and what was wrong with a frame. */
export class SpotReading {
  readonly #wire: SpotWire;
  readonly #pair: string;
  readonly #instrument: InstrumentId;
  /** Newest price told, with the venue's time and when it was seen. */
  #last: (SpotQuote & { readonly seenTime: UnixMs }) | undefined;
  #isCut = false;
  #troubledSince: UnixMs | undefined;
  readonly #tellTrouble: (state: 'amber' | 'live', detail: string) => void;

  /** `tellTrouble` is called when frames begin to be faulty, and when none has been for a while. */
  constructor(
    wire: SpotWire,
    pair: string,
    instrument: InstrumentId,
    tellTrouble: (state: 'amber' | 'live', detail: string) => void,
  ) {
    this.#wire = wire;
    this.#pair = pair;
    this.#instrument = instrument;
    this.#tellTrouble = tellTrouble;
  }

  /** Reads a frame that arrived at `seenTime` on the venue's clock; what is older than the newest price, or repeats it, gives nothing. */
  onText(text: string, seenTime: UnixMs): readonly MarketEvent[] {
    const quote = this.#wire.read(text, this.#pair);
    if (!quote.ok) return this.#fault(quote.fault, seenTime);
    if (quote.value === undefined) return [];
    const { price, time } = quote.value;
    if (time > seenTime + AHEAD_MS) {
      const message = `spot time must not be later than now (${String(seenTime)}), was ${String(time)}`;
      return this.#fault(faultOf('bad-time', 'spot.time', message), seenTime);
    }
    this.#calm(seenTime);
    const last = this.#last;
    if (last !== undefined && time < last.time) return [];
    if (!this.#isCut && price === last?.price && seenTime - last.seenTime < REPEAT_MS) return [];
    this.#last = { price, time, seenTime };
    const at = { instrument: this.#instrument, eventTime: time, seenTime };
    const resumed = this.#isCut ? [{ kind: 'resumed', ...at, channel: 'spot' } as const] : [];
    this.#isCut = false;
    return [...resumed, { kind: 'spot', ...at, price }];
  }

  /** The socket was lost: a gap from the newest price on; nothing where none was told, or the gap is known already. */
  onCut(seenTime: UnixMs, reason: string): readonly MarketEvent[] {
    if (this.#last === undefined || this.#isCut) return [];
    this.#isCut = true;
    const { time: from } = this.#last;
    const to = Math.max(from, seenTime) as UnixMs;
    return [{ kind: 'gap', instrument: this.#instrument, eventTime: to, seenTime, channel: 'spot', from, to, reason }];
  }

  #fault({ message }: Fault, seenTime: UnixMs): readonly MarketEvent[] {
    if (this.#troubledSince === undefined) this.#tellTrouble('amber', message);
    this.#troubledSince = seenTime;
    return [];
  }

  #calm(seenTime: UnixMs): void {
    if (this.#troubledSince === undefined || seenTime - this.#troubledSince < TROUBLE_MS) return;
    this.#troubledSince = undefined;
    this.#tellTrouble('live', '');
  }
}
