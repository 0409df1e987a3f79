import type { ViewChange } from './view-change.js';

/** Where a gesture begins decides what it does: the plot moves, an axis scales. */
export type GestureZone = 'plot' | 'time-axis' | 'price-axis' | 'outside';

/** A pointer's position, CSS pixels of the element. */
export interface GesturePoint {
  readonly x: number;
  readonly y: number;
}

/** One pointer event, without its DOM. */
export interface PointerSample extends GesturePoint {
  readonly id: number;
  readonly type: 'mouse' | 'touch' | 'pen';
  /** Milliseconds on any steady clock. */
  readonly time: number;
}

/** One turn of a wheel, in pixels. */
export interface WheelSample extends GesturePoint {
  readonly deltaX: number;
  readonly deltaY: number;
  /** Ctrl or Meta held; a trackpad's pinch says Ctrl as well. */
  readonly hasModifier: boolean;
  readonly hasShift: boolean;
}

/** What the machine needs to know and whom it tells. */
export interface GestureHost {
  /** In a page that scrolls: one finger pans time only, the wheel needs Ctrl or Meta. */
  readonly isCooperative: boolean;
  zoneAt(point: GesturePoint): GestureZone;
  /** The plot, CSS pixels: the time axis scales about its right edge, the price axis about its middle. */
  plot(): { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
  view(change: ViewChange): void;
  /** The crosshair's place; undefined takes it away. */
  cursor(point: GesturePoint | undefined): void;
  /** The plot was tapped or clicked once. */
  tapped(point: GesturePoint): void;
  /** A gesture was left to the page: time to say how it is done. */
  blocked(reason: 'wheel'): void;
}

/** Movement below this is still a tap. */
const TAP_SLOP = 5;
const DOUBLE_TAP_MS = 300;
const DOUBLE_TAP_SLOP = 30;
/** Touch held this long without moving starts the crosshair. */
export const LONG_PRESS_MS = 240;
/** Wheel pixels that scale e times: 100 px, one notch of a mouse, is 16 %. */
const WHEEL_SCALE = 660;

interface Pressed {
  readonly start: PointerSample;
  readonly zone: GestureZone;
  last: PointerSample;
}

/** Two fingers: the middle between them and how far apart they are on each axis. */
interface Pinch {
  readonly x: number;
  readonly y: number;
  readonly spreadX: number;
  readonly spreadY: number;
}

/** Turns pointers and wheel into view changes and a crosshair; knows no DOM and no clock. */
export class GestureMachine {
  readonly #host: GestureHost;
  readonly #pressed = new Map<number, Pressed>();
  #mode: 'idle' | 'tap' | 'drag' | 'track' | 'pinch' = 'idle';
  #lastTap: PointerSample | undefined;

  constructor(host: GestureHost) {
    this.#host = host;
  }

  /** True while the page must not scroll under the gesture. */
  get ownsTouch(): boolean {
    return this.#mode === 'track' || this.#pressed.size > 1;
  }

  /** A pointer came down. */
  down(sample: PointerSample): void {
    const zone = this.#host.zoneAt(sample);
    if (zone === 'outside') return;
    this.#pressed.set(sample.id, { start: sample, zone, last: sample });
    this.#mode = this.#pressed.size > 1 ? 'pinch' : 'tap';
  }

  /** A pointer moved, pressed or not. */
  move(sample: PointerSample): void {
    const pressed = this.#pressed.get(sample.id);
    if (pressed === undefined) {
      if (sample.type !== 'touch') this.#hover(sample);
      return;
    }
    if (this.#mode === 'tap' && distance(sample, pressed.start) > TAP_SLOP) this.#mode = 'drag';
    const before = this.#mode === 'pinch' ? this.#pinch() : undefined;
    const last = pressed.last;
    // The slop stays swallowed: a drag begins where the finger is, without a jump.
    pressed.last = sample;
    if (this.#mode === 'track') this.#host.cursor(sample);
    if (this.#mode === 'drag') this.#drag(pressed.zone, last, sample);
    if (before !== undefined) this.#scale(before, this.#pinch());
    if (sample.type !== 'touch') this.#hover(sample);
  }

  /** A pointer went up. */
  up(sample: PointerSample): void {
    const pressed = this.#pressed.get(sample.id);
    if (pressed === undefined) return;
    this.#pressed.delete(sample.id);
    if (this.#mode === 'tap') this.#tap(pressed, sample);
    this.#mode = this.#pressed.size === 0 ? 'idle' : this.#pressed.size > 1 ? 'pinch' : 'drag';
  }

  /** The browser took a pointer away, usually to scroll the page. */
  cancel(id: number): void {
    this.#pressed.delete(id);
    this.#mode = this.#pressed.size === 0 ? 'idle' : 'drag';
  }

  /** A mouse left the element. */
  leave(): void {
    if (this.#pressed.size === 0) this.#host.cursor(undefined);
  }

  /** `LONG_PRESS_MS` have passed since a touch came down. */
  held(id: number): void {
    const pressed = this.#pressed.get(id);
    if (this.#mode !== 'tap' || pressed?.zone !== 'plot' || pressed.start.type !== 'touch') return;
    this.#mode = 'track';
    this.#host.cursor(pressed.last);
  }

  /** Wheel or trackpad; true when it was used and the page must not scroll. */
  wheel(sample: WheelSample): boolean {
    const zone = this.#host.zoneAt(sample);
    if (zone === 'outside') return false;
    if (this.#host.isCooperative && !sample.hasModifier) {
      this.#host.blocked('wheel');
      return false;
    }
    if (sample.hasShift || Math.abs(sample.deltaX) > Math.abs(sample.deltaY)) {
      this.#host.view({ kind: 'pan', dx: -(sample.deltaX || sample.deltaY), dy: 0 });
      return true;
    }
    const factor = Math.exp(-sample.deltaY / WHEEL_SCALE);
    this.#host.view({
      kind: 'zoom',
      x: sample.x,
      y: sample.y,
      factorX: zone === 'price-axis' ? 1 : factor,
      factorY: zone === 'time-axis' ? 1 : factor,
    });
    return true;
  }

  #hover(sample: PointerSample): void {
    this.#host.cursor(this.#host.zoneAt(sample) === 'plot' ? sample : undefined);
  }

  #drag(zone: GestureZone, from: PointerSample, to: PointerSample): void {
    const plot = this.#host.plot();
    const dx = to.x - from.x;
    const dy = to.y - from.y;
    if (zone === 'plot') {
      const isTimeOnly = this.#host.isCooperative && to.type === 'touch';
      this.#host.view({ kind: 'pan', dx, dy: isTimeOnly ? 0 : dy });
    } else if (zone === 'time-axis') {
      // Dragging towards the fixed right edge squeezes: more time in the same width.
      const factorX = Math.exp(-dx / (plot.width / 2));
      this.#host.view({ kind: 'zoom', x: plot.x + plot.width, y: plot.y, factorX, factorY: 1 });
    } else {
      const factorY = Math.exp(-dy / (plot.height / 2));
      this.#host.view({ kind: 'zoom', x: plot.x, y: plot.y + plot.height / 2, factorX: 1, factorY });
    }
  }

  #tap(pressed: Pressed, sample: PointerSample): void {
    const previous = this.#lastTap;
    const isDouble =
      previous !== undefined &&
      sample.time - previous.time <= DOUBLE_TAP_MS &&
      distance(sample, previous) <= DOUBLE_TAP_SLOP;
    this.#lastTap = isDouble ? undefined : sample;
    if (isDouble) {
      const axis = pressed.zone === 'time-axis' ? 'time' : pressed.zone === 'price-axis' ? 'price' : 'both';
      this.#host.view({ kind: 'fit', axis });
      return;
    }
    if (sample.type === 'touch') this.#host.cursor(undefined);
    if (pressed.zone === 'plot') this.#host.tapped(sample);
  }

  #pinch(): Pinch {
    const fingers = [...this.#pressed.values()].map((pressed) => pressed.last);
    const first = fingers[0]!;
    const second = fingers[1] ?? first;
    return {
      x: (first.x + second.x) / 2,
      y: (first.y + second.y) / 2,
      spreadX: Math.abs(first.x - second.x),
      spreadY: Math.abs(first.y - second.y),
    };
  }

  #scale(before: Pinch, after: Pinch): void {
    const dx = after.x - before.x;
    const dy = after.y - before.y;
    if (dx !== 0 || dy !== 0) this.#host.view({ kind: 'pan', dx, dy });
    const factorX = spreadFactor(before.spreadX, after.spreadX);
    const factorY = spreadFactor(before.spreadY, after.spreadY);
    if (factorX !== 1 || factorY !== 1) this.#host.view({ kind: 'zoom', x: after.x, y: after.y, factorX, factorY });
  }
}

/** Fingers nearly in line on an axis say nothing about its scale: below 40 px a tremble would double it. */
const LEAST_SPREAD = 40;

function spreadFactor(before: number, after: number): number {
  return before < LEAST_SPREAD || after < LEAST_SPREAD ? 1 : after / before;
}

function distance(a: GesturePoint, b: GesturePoint): number {
  return Math.hypot(a.x - b.x, a.y - b.y);
}
