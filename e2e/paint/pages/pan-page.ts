import { HeatLayer } from '../../../packages/widget/src/paint/heat-layer.js';
import { requestOf, seeded, T0, tileOf, tilesOf } from './scenes.js';
import type { HeatRequest } from '@liquidation-heatmap/picture';

const WIDTH = 1280;
const HEIGHT = 720;
const COLUMNS = 720;

/** One way to draw a frame of the pan; `share` runs from 0 to 1. */
type DrawFrame = (share: number) => void;

/** What any textured chart has to do at least: clear, and one quad that reads one texel a pixel. */
function bareQuad(): DrawFrame {
  const canvas = document.createElement('canvas');
  canvas.width = WIDTH;
  canvas.height = HEIGHT;
  document.querySelector('#host')!.replaceChildren(canvas);
  const gl = canvas.getContext('webgl', { antialias: false, depth: false, premultipliedAlpha: false })!;
  const program = gl.createProgram();
  const shaders = [
    [
      gl.VERTEX_SHADER,
      'attribute vec2 c; uniform float s; varying vec2 v; void main() { v = c * 0.5 + s; gl_Position = vec4(c * 2.0 - 1.0, 0.0, 1.0); }',
    ],
    [
      gl.FRAGMENT_SHADER,
      'precision highp float; uniform sampler2D t; varying vec2 v; void main() { gl_FragColor = texture2D(t, v); }',
    ],
  ] as const;
  for (const [type, source] of shaders) {
    const shader = gl.createShader(type)!;
    gl.shaderSource(shader, source);
    gl.compileShader(shader);
    gl.attachShader(program, shader);
  }
  gl.linkProgram(program);
  gl.useProgram(program);
  gl.bindBuffer(gl.ARRAY_BUFFER, gl.createBuffer());
  gl.bufferData(gl.ARRAY_BUFFER, Float32Array.of(0, 0, 1, 0, 0, 1, 1, 1), gl.STATIC_DRAW);
  gl.enableVertexAttribArray(0);
  gl.vertexAttribPointer(gl.getAttribLocation(program, 'c'), 2, gl.FLOAT, false, 0, 0);
  gl.bindTexture(gl.TEXTURE_2D, gl.createTexture());
  const random = seeded(1);
  const texels = Uint8Array.from({ length: 640 * 1024 * 4 }, () => random() * 256);
  gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGBA, 640, 1024, 0, gl.RGBA, gl.UNSIGNED_BYTE, texels);
  for (const side of [gl.TEXTURE_WRAP_S, gl.TEXTURE_WRAP_T]) gl.texParameteri(gl.TEXTURE_2D, side, gl.CLAMP_TO_EDGE);
  for (const filter of [gl.TEXTURE_MIN_FILTER, gl.TEXTURE_MAG_FILTER])
    gl.texParameteri(gl.TEXTURE_2D, filter, gl.NEAREST);
  const shift = gl.getUniformLocation(program, 's');
  return (share) => {
    gl.clear(gl.COLOR_BUFFER_BIT);
    gl.uniform1f(shift, 0.5 * share);
    gl.drawArrays(gl.TRIANGLE_STRIP, 0, 4);
  };
}

function layerOf(isCanvas: boolean): HeatLayer {
  const host = document.querySelector<HTMLElement>('#host')!;
  const layer = new HeatLayer({ host, onRepaint: () => undefined, ...(isCanvas ? { capturedCode: {} } : {}) });
  layer.resize(WIDTH, HEIGHT);
  return layer;
}

function heatFrame(isCanvas: boolean): DrawFrame {
  const layer = layerOf(isCanvas);
  const tiles = tilesOf(12, 64, 1_000, seeded(5), 0);
  const request = (share: number): HeatRequest => {
    const from = T0 + share * 48_000;
    return requestOf(tiles, from, from + COLUMNS * 1_000, [-100 + 200 * share, 500 + 200 * share], WIDTH);
  };
  return (share) => layer.draw(request(share));
}

const CONTESTANTS: Readonly<Record<string, () => DrawFrame>> = {
  bare: bareQuad,
  webgl: () => heatFrame(false),
  canvas2d: () => heatFrame(true),
};

let drawFrame: DrawFrame = () => undefined;

/** Makes a contestant and draws its first picture, so that start-up is not measured as frames. */
function prepare(name: string): void {
  drawFrame = CONTESTANTS[name]!();
  drawFrame(0);
}

/** Pans for a number of frames; resolves with the mean milliseconds spent in drawing calls. */
async function pan(frames: number): Promise<number> {
  let total = 0;
  for (let frame = 0; frame < frames; frame++) {
    await new Promise((resolve) => requestAnimationFrame(resolve));
    const started = performance.now();
    drawFrame(frame / frames);
    total += performance.now() - started;
  }
  return total / frames;
}

/** Milliseconds that one changed column adds to a draw, as the difference of many draws with and without. */
function columnUpload(): number {
  const layer = layerOf(false);
  const times = 50;
  const random = seeded(9);
  const still = tileOf([T0 + 1_000], 1_000, random, { floor: 2, origin: 0 });
  const changing = Array.from({ length: times }, () => ({ ...still, heads: still.heads.map((head) => ({ ...head })) }));
  const timed = (tileAt: (i: number) => typeof still): number => {
    const started = performance.now();
    for (let i = 0; i < times; i++) layer.draw(requestOf([tileAt(i)], T0, T0 + 1_000, [0, 640], WIDTH));
    return (performance.now() - started) / times;
  };
  timed(() => still);
  const without = timed(() => still);
  const withUpload = timed((i) => changing[i]!);
  layer.release();
  return withUpload - without;
}

Object.assign(globalThis, { prepare, pan, columnUpload });
