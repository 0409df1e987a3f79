/** An element's content box in both units; the device pixels are whole. */
export interface PixelSize {
  readonly cssWidth: number;
  readonly cssHeight: number;
  readonly widthPx: number;
  readonly heightPx: number;
  /** Device pixels per CSS pixel, of the width; zoom makes it fractional. */
  readonly pixelRatio: number;
}

/**
 * Reports the exact device-pixel size of an element now and whenever it changes, zoom and screen changes included.
 * Where `device-pixel-content-box` is missing the size is the rounded product with `devicePixelRatio`. Returns the way to stop.
 */
export function watchPixelSize(element: Element, onChange: (size: PixelSize) => void): () => void {
  const observer = new ResizeObserver((entries) => onChange(sizeOf(entries.at(-1)!)));
  if (hasDevicePixelBox()) {
    observer.observe(element, { box: 'device-pixel-content-box' });
    return () => observer.disconnect();
  }
  const stopRatio = watchPixelRatio(() => {
    observer.unobserve(element);
    observer.observe(element);
  });
  observer.observe(element);
  return () => {
    stopRatio();
    observer.disconnect();
  };
}

function hasDevicePixelBox(): boolean {
  return typeof ResizeObserverEntry !== 'undefined' && 'devicePixelContentBoxSize' in ResizeObserverEntry.prototype;
}

function sizeOf(entry: ResizeObserverEntry): PixelSize {
  const css = entry.contentBoxSize[0]!;
  const exact = (entry.devicePixelContentBoxSize as readonly ResizeObserverSize[] | undefined)?.[0];
  const widthPx = wholePixels(exact?.inlineSize, css.inlineSize);
  const heightPx = wholePixels(exact?.blockSize, css.blockSize);
  const pixelRatio = css.inlineSize > 0 ? widthPx / css.inlineSize : devicePixelRatio;
  return { cssWidth: css.inlineSize, cssHeight: css.blockSize, widthPx, heightPx, pixelRatio };
}

/** Chromium's device emulation reports the box without its pixel ratio: an exact size far from the product is none. */
function wholePixels(exact: number | undefined, cssLength: number): number {
  const product = cssLength * devicePixelRatio;
  return exact !== undefined && Math.abs(exact - product) <= 1 ? exact : Math.round(product);
}

/** A resolution query only says that its own ratio was left, so each change needs a new query. */
function watchPixelRatio(onChange: () => void): () => void {
  const stop = new AbortController();
  const watch = (): void => {
    const query = matchMedia(`(resolution: ${devicePixelRatio}dppx)`);
    const changed = (): void => {
      onChange();
      watch();
    };
    query.addEventListener('change', changed, { once: true, signal: stop.signal });
  };
  watch();
  return () => stop.abort();
}
