import { heatPixels, type HeatRequest } from '@liquidation-heatmap/picture';
import type { HeatPainter } from '../heat-painter.js';

/** Heat without WebGL: the pixels of `picture`, put on a 2D canvas as they are. */
export class CanvasHeatPainter implements HeatPainter {
  readonly kind = 'canvas2d';
  readonly canvas: HTMLCanvasElement;
  readonly #context: CanvasRenderingContext2D;
  #image: ImageData;

  constructor(canvas: HTMLCanvasElement) {
    // Every pixel comes from the CPU: a canvas kept on the GPU would only be copied there and back.
    const context = canvas.getContext('2d', { willReadFrequently: true });
    if (context === null) throw new Error('Heat without WebGL needs a 2D canvas, and this canvas gave none');
    this.canvas = canvas;
    this.#context = context;
    this.#image = context.createImageData(Math.max(1, canvas.width), Math.max(1, canvas.height));
  }

  resize(widthPx: number, heightPx: number): void {
    if (this.canvas.width !== widthPx) this.canvas.width = widthPx;
    if (this.canvas.height !== heightPx) this.canvas.height = heightPx;
    this.#image = this.#context.createImageData(widthPx, heightPx);
  }

  draw(request: HeatRequest): void {
    const { data, width, height } = this.#image;
    heatPixels(request, data, width, height);
    this.#context.putImageData(this.#image, 0, 0);
  }

  readPixels(): Uint8ClampedArray {
    return this.#context.getImageData(0, 0, this.canvas.width, this.canvas.height).data;
  }

  dispose(): void {
    this.#image = this.#context.createImageData(1, 1);
  }
}
