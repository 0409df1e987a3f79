/** A color as the browser paints it. */
export interface ResolvedColor {
  /** `rgb(r g b / a)`: understood by every canvas. */
  readonly css: string;
  /** `#rrggbb`, opacity left out. */
  readonly hex: string;
  /** Relative luminance, 0..1 (WCAG 2.2). */
  readonly luminance: number;
}

let painter: CanvasRenderingContext2D | null | undefined;

/** Resolves any CSS color (`var()`, `oklch()`, `light-dark()`, `color-mix()`) in the context of a probe, by painting one pixel with it. */
export function resolveColor(probe: HTMLElement, color: string): ResolvedColor {
  const pixel = document.createElement('span');
  pixel.style.setProperty('color', color);
  probe.append(pixel);
  const computed = getComputedStyle(pixel).color;
  pixel.remove();
  painter ??= context();
  if (painter === null) return { css: computed, hex: '#000000', luminance: 0 };
  painter.clearRect(0, 0, 1, 1);
  painter.fillStyle = computed;
  painter.fillRect(0, 0, 1, 1);
  const [r, g, b, a] = painter.getImageData(0, 0, 1, 1).data as unknown as readonly [number, number, number, number];
  const hex = `#${[r, g, b].map((channel) => channel.toString(16).padStart(2, '0')).join('')}`;
  return { css: `rgb(${r} ${g} ${b} / ${Number((a / 255).toFixed(3))})`, hex, luminance: luminanceOf(r, g, b) };
}

function context(): CanvasRenderingContext2D | null {
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = 1;
  return canvas.getContext('2d', { willReadFrequently: true });
}

function luminanceOf(r: number, g: number, b: number): number {
  const linear = (channel: number): number =>
    channel <= 10 ? channel / 3294 : ((channel / 255 + 0.055) / 1.055) ** 2.4;
  return 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
}
