import type { FrameMessage, PlaneDelta } from '../model/frame-message.js';
import { parsed, type Parsed } from '../model/parsed.js';
import { assertNever } from '../model/units.js';
import { ByteReader } from '../numeric/byte-reader.js';
import {
  duration,
  eachPlane,
  readHead,
  readPackedHead,
  readPlaneDelta,
  readPlanes,
  readWindow,
} from './column-bytes.js';
import { readFacts } from './facts-shape.js';
import { FLAG, PLANE_BIT, readHeader, type MessageHeader } from './header.js';
import { readJson } from './json-shape.js';
import { readNow } from './now-bytes.js';
import { readStatus } from './status-shape.js';
import { readTiles } from './tile-bytes.js';

/**
 * The message in these bytes, or the first rule they break: layout in docs/codec.md. Any bytes are safe: nothing is read past
 * their end, and apart from what they carry at most 1 MB is allocated. The result shares no memory with them.
 */
export function decodeMessage(bytes: Uint8Array): Parsed<FrameMessage> {
  const reader = new ByteReader(bytes);
  const header = readHeader(reader);
  if (reader.fault !== undefined) return { ok: false, fault: reader.fault };
  const message = readBody(reader, header);
  if (reader.remaining > 0)
    reader.fail('body', `A message must end with its body, ${reader.remaining} bytes are left over`);
  return reader.fault === undefined ? parsed(message) : { ok: false, fault: reader.fault };
}

function readBody(reader: ByteReader, header: ReturnType<typeof readHeader>): FrameMessage {
  const { version, kind, symbolIndex, sequence, epoch, time } = header;
  const envelope = { symbolIndex, sequence, epoch, time };
  switch (kind) {
    case 'snapshot': {
      const tiles = readTiles(reader);
      const now = (header.flags & FLAG.hasNow) === 0 ? undefined : readNow(reader);
      return { kind, ...envelope, tiles, now, facts: readFacts(reader, readJson(reader, 'facts', version), version) };
    }
    case 'column': {
      const window = readWindow(reader);
      const head = readHead(reader, headContext(reader, header));
      return { kind, ...envelope, column: { ...window, head, ...readPlanes(reader, header.planes) } };
    }
    case 'column-delta': {
      const head = readPackedHead(reader, headContext(reader, header), time);
      return { kind, ...envelope, head, ...eachPlane((name) => planeDelta(reader, header.planes, name)) };
    }
    case 'now':
      return { kind, ...envelope, now: readNow(reader) };
    case 'facts':
      return { kind, ...envelope, facts: readFacts(reader, readJson(reader, 'facts', version), version) };
    case 'status':
      return { kind, ...envelope, status: readStatus(reader, readJson(reader, 'status', version)) };
    default:
      return assertNever(kind);
  }
}

function headContext(reader: ByteReader, header: MessageHeader) {
  if (header.resolutionMs === undefined)
    reader.fail('header.resolution', 'A column must have a resolution, this one has none');
  return { resolutionMs: duration(header.resolutionMs ?? 1), isOpen: (header.flags & FLAG.isOpen) !== 0 };
}

function planeDelta(reader: ByteReader, planes: number, name: keyof typeof PLANE_BIT): PlaneDelta {
  if ((planes & PLANE_BIT[name]) === 0) return { rows: new Uint16Array(0), codes: new Uint8Array(0) };
  return readPlaneDelta(reader, name);
}
