import {
  MS_PER_SECOND,
  type Fault,
  type HeatmapFrame,
  type SourceOrigin,
  type SourceStatus,
} from '@liquidation-heatmap/core';
import type { Readout } from '@liquidation-heatmap/picture';
import {
  CursorMoveEvent,
  HeatmapErrorEvent,
  HeatmapWarningEvent,
  ReadyEvent,
  StatusChangeEvent,
  UpdateEvent,
} from '../events/heatmap-events.js';
import type { DisplayedStatus } from '../status/displayed-status.js';
import type { SettingsFault } from './settings.js';

/** Fires an element's events, each thing once. */
export class EventTeller {
  readonly #element: EventTarget;
  #told = new Set<string>();
  #warned = new Set<string>();
  #last: DisplayedStatus | undefined;
  #lastUpdate = -Infinity;
  /** What the polite live region says: the sentence of the last change of state. */
  announced = '';

  constructor(element: EventTarget) {
    this.#element = element;
  }

  /** Tells faults that were not there before; one that goes and comes back is told again. */
  faults(faults: readonly SettingsFault[]): void {
    const before = this.#told;
    this.#told = new Set(faults.map(({ message }) => message));
    for (const { isDecisive, ...fault } of faults) {
      if (before.has(fault.message)) continue;
      this.#error(fault);
      if (!isDecisive) this.#element.dispatchEvent(new HeatmapWarningEvent(warningOf(fault)));
    }
  }

  /** Tells a warning once. */
  warn(fault: Fault): void {
    if (this.#warned.has(fault.message)) return;
    this.#warned.add(fault.message);
    this.#element.dispatchEvent(new HeatmapWarningEvent(warningOf(fault)));
  }

  /** Tells a change of state or origin; true when there was one. */
  status(displayed: DisplayedStatus, held: SourceStatus | undefined): boolean {
    const last = this.#last;
    this.#last = displayed;
    const isSame = last?.state === displayed.state && last.origin === displayed.origin;
    if (isSame || (displayed.state === 'idle' && last === undefined)) return false;
    this.announced = displayed.sentence;
    const { state: status, origin } = displayed;
    const detail = { status, origin, previous: last?.state ?? 'idle', venues: held?.venues ?? [] };
    this.#element.dispatchEvent(new StatusChangeEvent(detail));
    if (status === 'error' && held?.fault !== undefined) this.#error(held.fault);
    return true;
  }

  /** The first picture of a connection stands. */
  ready(symbol: string, origin: SourceOrigin): void {
    this.#element.dispatchEvent(new ReadyEvent({ symbol, origin }));
  }

  cursor(readout: Readout | undefined): void {
    const cell = readout?.cell;
    const density = cell === undefined ? null : { long: cell.long, short: cell.short };
    const detail = { time: readout?.time ?? null, price: readout?.price ?? null, density };
    this.#element.dispatchEvent(new CursorMoveEvent(detail));
  }

  /** A summary of the present, at most once a second. */
  update({ now, facts }: HeatmapFrame): void {
    const wall = performance.now();
    if (now === undefined || wall - this.#lastUpdate < MS_PER_SECOND) return;
    this.#lastUpdate = wall;
    const { seenTime: time, lastPrice, mark } = now;
    const isRelative = facts.scale === 'relative';
    this.#element.dispatchEvent(new UpdateEvent({ symbol: facts.symbol, time, lastPrice, mark, isRelative }));
  }

  #error({ code, field, message }: Fault): void {
    this.#element.dispatchEvent(new HeatmapErrorEvent({ code, field, message, recoverable: true }));
  }
}

function warningOf({ code, field, message }: Fault): {
  readonly code: string;
  readonly message: string;
  readonly path: string;
} {
  return { code, message, path: field };
}
