/**
 * 256 RGBA entries by cell code with gamma, threshold and alpha baked in: entry 0 is transparent, not premultiplied.
 * 256 x 4 bytes.
 */
export interface ColorTable {
  readonly rgba: Uint8Array;
}
