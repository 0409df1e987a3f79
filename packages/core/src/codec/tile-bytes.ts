import { CELL_BYTES, TILE_COLUMNS, WINDOW_ROWS, type ColumnHead, type Tile } from '../model/heatmap-frame.js';
import type { DurationMs } from '../model/units.js';
import type { ByteReader } from '../numeric/byte-reader.js';
import type { ByteWriter } from '../numeric/byte-writer.js';
import { HEAD_BYTES, readHead, readWindow, writeHead, writeWindow } from './column-bytes.js';
import { readResolution, writeResolution } from './header.js';

const COLUMN_BYTES = WINDOW_ROWS * CELL_BYTES;
/** The least a tile takes: resolution code, window, count of columns. */
const TILE_BYTES = 14;
const MOST_TILES = 65_535;

/** Writes tiles as they are: heads first, then the bytes a texture takes. */
export function writeTiles(writer: ByteWriter, tiles: readonly Tile[]): void {
  writer.u16(tiles.length, 'tiles.length');
  for (const tile of tiles) {
    const cellBytes = tile.heads.length * COLUMN_BYTES;
    if (tile.heads.length > TILE_COLUMNS)
      throw new RangeError(`A tile must have at most ${TILE_COLUMNS} columns, had ${tile.heads.length}`);
    if (tile.cells.length < cellBytes)
      throw new RangeError(`Cells must have ${cellBytes} bytes, had ${tile.cells.length}`);
    writeResolution(writer, tile.resolutionMs);
    writeWindow(writer, tile);
    writer.u8(tile.heads.length, 'heads.length');
    for (const head of tile.heads) {
      if (head.resolutionMs !== tile.resolutionMs) {
        throw new RangeError(`A head's resolution must be its tile's ${tile.resolutionMs}, was ${head.resolutionMs}`);
      }
      writer.u8(head.isOpen ? 1 : 0, 'head.isOpen');
      writeHead(writer, head);
    }
    writer.bytes(tile.cells.subarray(0, cellBytes));
  }
}

/** Reads what `writeTiles` wrote. */
export function readTiles(reader: ByteReader): readonly Tile[] {
  const count = reader.count(reader.u16('tiles.count'), TILE_BYTES, MOST_TILES, 'tiles.count');
  const tiles: Tile[] = [];
  for (let i = 0; i < count && reader.fault === undefined; i++) tiles.push(readTile(reader));
  return tiles;
}

function readTile(reader: ByteReader): Tile {
  const resolutionMs = readResolution(reader, 'tile.resolution') as DurationMs;
  const window = readWindow(reader);
  const columns = reader.count(reader.u8('tile.columns'), 1 + HEAD_BYTES + COLUMN_BYTES, TILE_COLUMNS, 'tile.columns');
  const heads: ColumnHead[] = [];
  for (let i = 0; i < columns; i++) {
    const open = reader.u8('head.isOpen');
    if (open > 1) reader.fail('head.isOpen', `The open state must be 0 or 1, was ${open}`);
    heads.push(readHead(reader, { resolutionMs, isOpen: open === 1 }));
  }
  return { resolutionMs, ...window, heads, cells: reader.bytes(columns * COLUMN_BYTES, 'tile.cells') };
}
