/** A WebGL 1 context fit for the heat, or undefined: missing WebGL, or fragment shaders without 32-bit floats. */
export function createContext(canvas: HTMLCanvasElement): WebGLRenderingContext | undefined {
  const gl = canvas.getContext('webgl', {
    alpha: true,
    // Colors are written as they stand in the table; the page multiplies when it composes.
    premultipliedAlpha: false,
    antialias: false,
    depth: false,
    stencil: false,
    preserveDrawingBuffer: false,
  });
  if (gl === null) return undefined;
  // 10 bits of a medium float cannot address a pixel of a wide chart; null while the context is lost.
  const highp = gl.getShaderPrecisionFormat(gl.FRAGMENT_SHADER, gl.HIGH_FLOAT);
  return highp !== null && highp.precision >= 23 ? gl : undefined;
}
