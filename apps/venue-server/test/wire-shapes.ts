import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { recordingPath } from '../../../tools/recordings.js';
import type { VenueName } from '../src/index.js';

/** Fields of one kind of frame, each with its type: `data.o.ap:string`, `data.b[][]:string`. */
export type Shapes = Map<string, Set<string>>;

/** Folders of recordings by the venue that sent them. */
const FOLDERS: Readonly<Record<VenueName, string>> = {
  binance: 'venues/binance-usdm',
  bybit: 'venues/bybit',
  okx: 'venues/okx',
  hyperliquid: 'venues/hyperliquid',
};
/** Single frames of 2025 and 2026, one object a line. */
const NEWEST = 'venues/frames-2025-2026';
/** Values of a long list after the first few have the shape of those. */
const LOOKED_AT = 40;

/** Adds the fields of a value to those of its kind. */
export function addShape(shapes: Shapes, kind: string, value: unknown): void {
  const fields = shapes.get(kind) ?? new Set<string>();
  shapes.set(kind, fields);
  addFields(fields, '', value);
}

function addFields(fields: Set<string>, path: string, value: unknown): void {
  if (Array.isArray(value)) {
    for (const item of (value as unknown[]).slice(0, LOOKED_AT)) addFields(fields, `${path}[]`, item);
  } else if (typeof value === 'object' && value !== null) {
    for (const [name, item] of Object.entries(value)) addFields(fields, path === '' ? name : `${path}.${name}`, item);
  } else fields.add(`${path}:${value === null ? 'null' : typeof value}`);
}

type Wire = Record<string, unknown>;
interface Kinded {
  readonly kind: string;
  readonly value: unknown;
}

/** The kind of a frame of each venue, and the part of it whose fields are compared. */
const KINDS: Readonly<Record<VenueName, (frame: Wire) => Kinded>> = {
  binance: (frame) => {
    const payload = frame['data'] ?? frame;
    const first = (Array.isArray(payload) ? payload[0] : payload) as Wire;
    return { kind: String(first['e'] ?? ('error' in first ? 'error' : 'ack')), value: first };
  },
  bybit: (frame) => ({ kind: String(frame['topic'] ?? frame['op']).replace(/\..*/, ''), value: frame }),
  okx: (frame) => {
    if ('event' in frame) return { kind: String(frame['event']), value: withoutArg(frame) };
    return { kind: String((frame['arg'] as Wire)['channel']), value: frame };
  },
  hyperliquid: (frame) => ({ kind: String(frame['channel']), value: frame }),
};

/** The kind of a text that came through a socket; a text that is no JSON is its own kind. */
export function kindOf(venue: VenueName, text: string): Kinded {
  if (!/^[[{]/.test(text)) return { kind: `text ${text}`, value: undefined };
  return KINDS[venue](JSON.parse(text) as Wire);
}

/** What a client asked for is echoed; its fields are the client's. */
function withoutArg({ arg, ...rest }: Wire): unknown {
  return { ...rest, arg: { channel: (arg as { channel?: string } | undefined)?.channel } };
}

/** The kind of an answer to a request: the last part of its path. */
export function restKindOf(url: string): string {
  return `rest ${new URL(url).pathname.split('/').slice(-1).join('/')}`;
}

/** Why the recordings cannot be looked at; undefined where they can. */
export function whyNoRecordings(): string | undefined {
  const missing = [...Object.values(FOLDERS), NEWEST].map((folder) => recordingPath(folder));
  return missing
    .map((found) => ('skipReason' in found ? found.skipReason : undefined))
    .find((reason) => reason !== undefined);
}

/** Shapes of every frame of a venue that was recorded. */
export function recordedShapes(venue: VenueName): Shapes {
  const shapes: Shapes = new Map();
  const add = ({ kind, value }: Kinded): void => addShape(shapes, kind, value);
  for (const text of newestFrames(venue)) add(kindOf(venue, text));
  for (const { k, url = '', d } of recordedLines(venue)) {
    if (k === 'rest' && d !== undefined) add({ kind: restKindOf(url), value: JSON.parse(d) });
    if (k === 'in' && d !== undefined) add(kindOf(venue, d));
  }
  return shapes;
}

function newestFrames(venue: VenueName): string[] {
  const found = recordingPath(`${NEWEST}/frames.ndjson`);
  if ('skipReason' in found) return [];
  const lines = readFileSync(found.path, 'utf8').trim().split('\n');
  const frames = lines.map((line) => JSON.parse(line) as { readonly venue: string; readonly raw: string });
  return frames.filter((frame) => FOLDERS[venue] === `venues/${frame.venue}`).map(({ raw }) => raw);
}

interface RecordedLine {
  readonly k: string;
  readonly url?: string;
  readonly d?: string;
}

function recordedLines(venue: VenueName): RecordedLine[] {
  const folder = recordingPath(FOLDERS[venue]);
  if ('skipReason' in folder) return [];
  const files = readdirSync(folder.path).filter((name) => name.endsWith('.ndjson.gz'));
  return files.flatMap((name) =>
    gunzipSync(readFileSync(join(folder.path, name)))
      .toString()
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as RecordedLine),
  );
}
