import { pageContexts } from '../../../packages/widget/src/paint/gl/context-registry.js';
import { HeatLayer } from '../../../packages/widget/src/paint/heat-layer.js';
import { compare, type Difference } from './compare.js';
import { HEIGHT, randomRequest, requestOf, seeded, T0, tilesOf, WIDTH } from './scenes.js';

interface Step {
  readonly kind: string | undefined;
  readonly difference: Difference | undefined;
}

const request = requestOf(tilesOf(2, 64, 1_000, seeded(11)), T0, T0 + 128_000, [50, 500]);
const steps: Record<string, Step> = {};
let repainted: () => void = () => undefined;
const host = document.querySelector<HTMLElement>('#host')!;
const layer = new HeatLayer({ host, onRepaint: () => repainted() });

function step(name: string): void {
  layer.draw(request);
  const pixels = layer.readPixels();
  const difference = pixels && compare(pixels, request, WIDTH, HEIGHT, layer.kind === 'canvas2d');
  steps[name] = { kind: layer.kind, difference };
}

function contextOfLayer(): { readonly canvas: HTMLCanvasElement; readonly loss: WEBGL_lose_context } {
  const canvas = host.querySelector('canvas')!;
  return { canvas, loss: canvas.getContext('webgl')!.getExtension('WEBGL_lose_context')! };
}

async function lose(): Promise<WEBGL_lose_context> {
  const { canvas, loss } = contextOfLayer();
  const lost = new Promise((resolve) => canvas.addEventListener('webglcontextlost', resolve, { once: true }));
  loss.loseContext();
  await lost;
  // Restoring is allowed only once the event has been handled to its end.
  await new Promise((resolve) => setTimeout(resolve));
  return loss;
}

function repaint(): Promise<void> {
  return new Promise((resolve) => (repainted = resolve));
}

/** Lost and restored, then lost again within a minute. */
async function loseTwice(): Promise<void> {
  step('before');
  const loss = await lose();
  step('while lost');
  const restored = repaint();
  loss.restoreContext();
  await restored;
  step('restored');
  const givenUp = repaint();
  await lose();
  await givenUp;
  step('lost again');
}

/** Lost for good. */
async function stayLost(): Promise<void> {
  step('before');
  const givenUp = repaint();
  await lose();
  await givenUp;
  step('not restored');
}

/** Given back far off screen and taken again. */
function releaseAndDraw(): void {
  step('before');
  layer.release();
  steps['released'] = { kind: `${layer.kind} ${pageContexts().lent} ${host.childElementCount}`, difference: undefined };
  step('drawn again');
}

/** More charts than the page may have contexts. */
function many(): void {
  const kinds = Array.from({ length: 20 }, (_, i) => {
    const box = document.createElement('div');
    document.body.append(box);
    const one = new HeatLayer({ host: box, onRepaint: () => undefined });
    one.resize(WIDTH, HEIGHT);
    one.draw(randomRequest(i));
    return one.kind;
  });
  const count = (kind: string): number => kinds.filter((other) => other === kind).length;
  steps['many'] = { kind: `${count('webgl')} webgl, ${count('canvas2d')} canvas2d`, difference: undefined };
}

async function main(): Promise<void> {
  layer.resize(WIDTH, HEIGHT);
  const run = { loseTwice, stayLost, releaseAndDraw, many }[location.search.slice(1)];
  await run?.();
  Object.assign(globalThis, { steps });
}

void main();
