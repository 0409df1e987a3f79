import type { SymbolName } from '../market/venue-name.js';
import type { FrameAbout, WireChannel } from '../venues/venue-server.js';
import type { BookFault, TruncatedFault } from './fault-script.js';

type ArmedFault = (BookFault | TruncatedFault) & { left: number };

/** What becomes of one connection's frames on their way out: lost, doubled, swapped, cut short, held back. */
export class FrameGate {
  readonly #deliver: (text: string) => void;
  readonly #isMuted: (channel: WireChannel) => boolean;
  readonly #armed: ArmedFault[] = [];
  /** A delta that waits for the one after it. */
  #overtaken: { readonly text: string; readonly symbol: SymbolName | undefined } | undefined;
  #stalled: 'no' | 'for-good' | 'for-now' = 'no';
  #held: string[] = [];

  /** `isMuted` says whether a channel is silent for everybody at the moment. */
  constructor(deliver: (text: string) => void, isMuted: (channel: WireChannel) => boolean) {
    this.#deliver = deliver;
    this.#isMuted = isMuted;
  }

  /** True while neither side hears the other. */
  get isStalled(): boolean {
    return this.#stalled !== 'no';
  }

  /** Lets a fault wait for the frames it is meant for. */
  arm(fault: BookFault | TruncatedFault): void {
    this.#armed.push({ ...fault, left: fault.count });
  }

  /** Falls silent: for good, or until `resume`, when all that waited comes at once. */
  stall(isForGood: boolean): void {
    this.#stalled = isForGood ? 'for-good' : 'for-now';
  }

  /** Ends a stall that was not for good. */
  resume(): void {
    if (this.#stalled !== 'for-now') return;
    this.#stalled = 'no';
    const held = this.#held;
    this.#held = [];
    for (const text of held) this.#deliver(text);
  }

  /** Takes a frame of the venue's. */
  pass(text: string, about: FrameAbout): void {
    if (this.#isMuted(about.channel)) return;
    for (const changed of this.#changed(text, about)) this.#out(changed);
  }

  #out(text: string): void {
    if (this.#stalled === 'no') this.#deliver(text);
    else if (this.#stalled === 'for-now') this.#held.push(text);
  }

  #changed(text: string, about: FrameAbout): readonly string[] {
    if (about.channel === 'control') return [text];
    // A snapshot repairs what a lost or moved delta breaks, so it is left alone.
    const isDelta = about.channel === 'book' && about.isSnapshot !== true;
    const before = this.#overtaken;
    if (isDelta && before !== undefined && before.symbol === about.symbol) {
      this.#overtaken = undefined;
      return [text, before.text];
    }
    const fault = this.#armed.find(
      (armed) => armed.kind === 'truncated-frame' || (isDelta && armed.symbol === about.symbol),
    );
    if (fault === undefined) return [text];
    fault.left -= 1;
    if (fault.left === 0) this.#armed.splice(this.#armed.indexOf(fault), 1);
    switch (fault.kind) {
      case 'gap':
        return [];
      case 'duplicate':
        return [text, text];
      case 'reorder':
        this.#overtaken = { text, symbol: about.symbol };
        return [];
      case 'truncated-frame':
        return [text.slice(0, Math.floor(text.length / 2))];
    }
  }
}
