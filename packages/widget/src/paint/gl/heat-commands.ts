import createRegl, { type DrawCommand, type InitializationOptions, type Regl, type Texture2D } from 'regl';
import type { CapturedCode } from './strict-cache.js';
import { HEAT_FRAGMENT_SHADER, HEAT_VERTEX_SHADER } from './heat-shader.js';

/** What one drawing of the heat needs. */
export interface HeatProps {
  readonly columns: Texture2D;
  readonly colors: Texture2D;
  readonly columnMap: Texture2D;
  readonly rowMap: Texture2D;
  /** Width and height of the canvas, device pixels. */
  readonly size: readonly [number, number];
  readonly slots: number;
  /** 1 for each side shown: long, short. */
  readonly sides: readonly [number, number];
}

/** regl and every command we ever draw with: what is not made here has no captured code. */
export interface HeatCommands {
  readonly regl: Regl;
  readonly drawHeat: DrawCommand;
}

/**
 * Makes all commands on a context. The list of extensions is fixed (none) and nothing is optional: each subset of extensions
 * would generate other code, which no build could have captured.
 */
export function createHeatCommands(gl: WebGLRenderingContext, cachedCode: CapturedCode): HeatCommands {
  const options: InitializationOptions & { readonly cachedCode: CapturedCode } = {
    gl,
    extensions: [],
    optionalExtensions: [],
    cachedCode,
  };
  const regl = createRegl(options);
  const drawHeat = regl<object, object, HeatProps>({
    vert: HEAT_VERTEX_SHADER,
    frag: HEAT_FRAGMENT_SHADER,
    attributes: {
      corner: [
        [0, 0],
        [1, 0],
        [0, 1],
        [1, 1],
      ],
    },
    uniforms: {
      columns: regl.prop<HeatProps, 'columns'>('columns'),
      colors: regl.prop<HeatProps, 'colors'>('colors'),
      columnMap: regl.prop<HeatProps, 'columnMap'>('columnMap'),
      rowMap: regl.prop<HeatProps, 'rowMap'>('rowMap'),
      size: regl.prop<HeatProps, 'size'>('size'),
      slots: regl.prop<HeatProps, 'slots'>('slots'),
      sides: regl.prop<HeatProps, 'sides'>('sides'),
    },
    primitive: 'triangle strip',
    count: 4,
    depth: { enable: false },
    blend: { enable: false },
  });
  return { regl, drawHeat };
}
