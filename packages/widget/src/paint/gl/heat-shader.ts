/** Slots of the column texture are at most this many; the safe texture size on phones. */
export const MOST_SLOTS = 4096;
/** Rows of the color texture: one a code scale in view, measured and projected apart. */
export const COLOR_ROWS = 256;
/** Value of a column map's row offset that says "no column here". */
export const NO_COLUMN = 4095;

/** One quad over the whole canvas; `pixel` counts device pixels from the upper left corner. */
export const HEAT_VERTEX_SHADER = `
precision highp float;
attribute vec2 corner;
uniform vec2 size;
varying vec2 pixel;
void main() {
  pixel = corner * size;
  gl_Position = vec4(corner.x * 2.0 - 1.0, 1.0 - corner.y * 2.0, 0.0, 1.0);
}`;

/**
 * Which column and which row a pixel shows was decided on the CPU in 64-bit floats and stands in two maps, one texel a pixel:
 *   columnMap  R slot, low byte; G slot, high 4 bits, and row offset, high 4 bits; B row offset, low byte; A color row
 *   rowMap     R and G lattice row above the lowest one in view, high and low byte
 * A cell's row in its column is rowMap - offset + 640 (`pixel-maps` adds the 640 to keep offsets positive).
 * Every texture is read at texel centers without filtering, so no result depends on the driver's rounding.
 */
export const HEAT_FRAGMENT_SHADER = `
precision highp float;
uniform sampler2D columns;
uniform sampler2D colors;
uniform sampler2D columnMap;
uniform sampler2D rowMap;
uniform vec2 size;
uniform float slots;
uniform vec2 sides;
varying vec2 pixel;
void main() {
  vec4 c = floor(texture2D(columnMap, vec2(pixel.x / size.x, 0.5)) * 255.0 + 0.5);
  vec4 r = floor(texture2D(rowMap, vec2(pixel.y / size.y, 0.5)) * 255.0 + 0.5);
  float slotHigh = floor(c.g / 16.0);
  float slot = c.r + 256.0 * slotHigh;
  float offset = c.b + 256.0 * (c.g - 16.0 * slotHigh);
  float row = r.r * 256.0 + r.g - offset + 640.0;
  if (offset == ${NO_COLUMN}.0 || row < 0.0 || row >= 640.0) {
    gl_FragColor = vec4(0.0);
    return;
  }
  vec4 cell = texture2D(columns, vec2((row + 0.5) / 640.0, (slot + 0.5) / slots));
  vec2 code = floor(cell.rg * 255.0 + 0.5) * sides;
  float entry = code.g > code.r ? 256.0 + code.g : code.r;
  gl_FragColor = texture2D(colors, vec2((entry + 0.5) / 512.0, (c.a + 0.5) / ${COLOR_ROWS}.0));
}`;
