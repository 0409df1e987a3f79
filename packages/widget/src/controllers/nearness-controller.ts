import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** Distance from the viewport at which loading begins: a short swipe away. */
const NEAR = '200px';
/** Out of reach this long, a widget gives back its socket, worker and pixels, ms. */
const RELEASE_AFTER_MS = 60_000;

/** Tells when an element comes near the viewport, and when it has been far from it for long. */
export class NearnessController implements ReactiveController {
  readonly #host: ReactiveControllerHost & Element;
  readonly #onChange: (isNear: boolean) => void;
  #observer: IntersectionObserver | undefined;
  #release: ReturnType<typeof setTimeout> | undefined;
  #isNear = false;
  #isEager = false;

  constructor(host: ReactiveControllerHost & Element, onChange: (isNear: boolean) => void) {
    this.#host = host;
    this.#onChange = onChange;
    host.addController(this);
  }

  /** True while the element may hold sockets, workers and contexts. */
  get isNear(): boolean {
    return this.#isNear;
  }

  /** `loading="eager"`: near from the start, wherever the element is. */
  setEager(isEager: boolean): void {
    this.#isEager = isEager;
    if (isEager && this.#observer !== undefined) this.#set(true);
  }

  hostConnected(): void {
    this.#observer = new IntersectionObserver((entries) => this.#seen(entries.at(-1)!.isIntersecting), {
      rootMargin: NEAR,
    });
    this.#observer.observe(this.#host);
    if (this.#isEager) this.#set(true);
  }

  hostDisconnected(): void {
    clearTimeout(this.#release);
    this.#observer?.disconnect();
    this.#observer = undefined;
    this.#set(false);
  }

  #seen(isNear: boolean): void {
    clearTimeout(this.#release);
    if (isNear) this.#set(true);
    else if (this.#isNear && !this.#isEager) this.#release = setTimeout(() => this.#set(false), RELEASE_AFTER_MS);
  }

  #set(isNear: boolean): void {
    if (isNear === this.#isNear) return;
    this.#isNear = isNear;
    this.#onChange(isNear);
  }
}
