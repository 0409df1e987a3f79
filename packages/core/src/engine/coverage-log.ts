import type { ChannelCoverage } from '../model/heatmap-frame.js';
import { INPUT_BIT } from '../model/heatmap-frame.js';
import { venueOf, type InstrumentId } from '../model/instrument.js';
import type {
  Channel,
  ChannelOffer,
  ChannelState,
  Evidence,
  InstrumentEvent,
  StatusChange,
} from '../model/market-event.js';
import type { UnixMs } from '../model/units.js';

interface Entry {
  readonly instrument: InstrumentId;
  readonly channel: Channel;
  state: ChannelState;
  since: UnixMs;
  lastSeen: UnixMs;
  gaps: number;
  detail: string;
  evidence?: Evidence;
}

const CHANNEL_OF: Partial<Record<InstrumentEvent['kind'], Channel>> = {
  'trade': 'trades',
  'bar': 'bars',
  'mark': 'mark',
  'mark-bar': 'mark',
  'index': 'index',
  'spot': 'spot',
  'open-interest': 'open-interest',
  'funding': 'funding',
  'long-short-ratio': 'ratios',
  'liquidation': 'liquidations',
  'book-snapshot': 'book',
  'book-delta': 'book',
};

const BIT_OF: Partial<Record<Channel, number>> = {
  'trades': INPUT_BIT.trades,
  'bars': INPUT_BIT.bars,
  'mark': INPUT_BIT.mark,
  'open-interest': INPUT_BIT.openInterest,
  'book': INPUT_BIT.book,
  'liquidations': INPUT_BIT.liquidations,
  'funding': INPUT_BIT.funding,
  'ratios': INPUT_BIT.ratios,
};

const OFF_WORDS: Readonly<Partial<Record<Evidence, string>>> = {
  documentation: 'known from documentation alone',
};

/** Which channel of which instrument has delivered, since when, with how many gaps: what the estimate may claim to know. */
export class CoverageLog {
  readonly #entries = new Map<string, Entry>();
  /** Grows with every change a reader should see (not with `lastSeen`). */
  revision = 0;

  /** Notes what one event of an instrument says about its channel. */
  note(event: InstrumentEvent): void {
    if (event.kind === 'instrument') {
      for (const offer of event.offers ?? []) this.#noteOffer(event.instrument, offer, event.seenTime);
      return;
    }
    if (event.kind === 'gap') {
      const entry = this.#entry(event.instrument, event.channel, event.seenTime);
      entry.gaps += 1;
      this.#change(entry, 'stale', event.seenTime, event.reason);
      return;
    }
    const channel = event.kind === 'resumed' ? event.channel : CHANNEL_OF[event.kind];
    if (channel === undefined) return;
    const entry = this.#entry(event.instrument, channel, event.seenTime);
    entry.lastSeen = event.seenTime;
    if (entry.state !== 'live') this.#change(entry, 'live', event.seenTime, '');
  }

  /** Notes a venue's own word about a channel. */
  noteStatus(event: StatusChange): void {
    for (const entry of this.#entries.values()) {
      const isMeant = event.channel === 'connection' || entry.channel === event.channel;
      if (venueOf(entry.instrument) === event.venue && isMeant && entry.state !== 'off')
        this.#change(entry, event.state, event.seenTime, event.detail);
    }
  }

  /** Bits of `INPUT_BIT` of channels that deliver; `ever` also counts channels that are stale now. */
  inputs(ever = false): number {
    let bits = 0;
    for (const entry of this.#entries.values()) {
      if (ever || entry.state === 'live' || entry.state === 'amber') bits |= BIT_OF[entry.channel] ?? 0;
    }
    return bits;
  }

  /** All entries in the order in which channels were first seen. */
  list(): readonly ChannelCoverage[] {
    return [...this.#entries.values()].map((entry) => ({ ...entry }));
  }

  /** Takes over what `list` gave. */
  restore(entries: readonly ChannelCoverage[], revision: number): void {
    this.#entries.clear();
    for (const entry of entries) this.#entries.set(`${entry.instrument} ${entry.channel}`, { ...entry });
    this.revision = revision;
  }

  #noteOffer(instrument: InstrumentId, { channel, evidence, isOn, reason }: ChannelOffer, time: UnixMs): void {
    const entry = this.#entry(instrument, channel, time);
    if (entry.evidence !== evidence) this.revision += 1;
    entry.evidence = evidence;
    if (!isOn) this.#change(entry, 'off', time, `not read: ${reason ?? OFF_WORDS[evidence] ?? 'not asked for'}`);
  }

  #entry(instrument: InstrumentId, channel: Channel, time: UnixMs): Entry {
    const key = `${instrument} ${channel}`;
    const known = this.#entries.get(key);
    if (known !== undefined) return known;
    const entry: Entry = { instrument, channel, state: 'connecting', since: time, lastSeen: time, gaps: 0, detail: '' };
    this.#entries.set(key, entry);
    this.revision += 1;
    return entry;
  }

  #change(entry: Entry, state: ChannelState, time: UnixMs, detail: string): void {
    if (entry.state === state && entry.detail === detail) return;
    entry.state = state;
    entry.since = time;
    entry.detail = detail;
    this.revision += 1;
  }
}
