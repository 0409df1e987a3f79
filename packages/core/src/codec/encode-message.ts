import type { FrameMessage } from '../model/frame-message.js';
import { assertNever } from '../model/units.js';
import { ByteWriter } from '../numeric/byte-writer.js';
import {
  PLANES,
  planeSet,
  writeHead,
  writePackedHead,
  writePlaneDelta,
  writePlanes,
  writeWindow,
} from './column-bytes.js';
import { FLAG, PLANE_BIT, writeHeader, type MessageHeader } from './header.js';
import { jsonText, writeJsonText } from './json-shape.js';
import { writeNow } from './now-bytes.js';
import { writeTiles } from './tile-bytes.js';

/** Bytes of a message, in a buffer of their own: layout in docs/codec.md. Throws only on a message that breaks its own type. */
export function encodeMessage(message: FrameMessage): Uint8Array<ArrayBuffer> {
  const writer = new ByteWriter();
  const header = headerOf(message);
  writeHeader(writer, header);
  writeBody(writer, message, header.planes);
  return writer.finish();
}

function headerOf(message: FrameMessage): MessageHeader {
  const { kind, symbolIndex, sequence, epoch, time } = message;
  const plain = { kind, symbolIndex, sequence, epoch, time, resolutionMs: undefined, planes: 0, flags: 0 };
  switch (message.kind) {
    case 'column': {
      const { resolutionMs, isOpen } = message.column.head;
      const planes = planeSet(message.column, (codes) => codes.every((code) => code === 0));
      return { ...plain, resolutionMs, planes, flags: isOpen ? FLAG.isOpen : 0 };
    }
    case 'column-delta': {
      const { resolutionMs, isOpen } = message.head;
      const planes = planeSet(message, (delta) => delta.rows.length === 0);
      return { ...plain, resolutionMs, planes, flags: isOpen ? FLAG.isOpen : 0 };
    }
    case 'snapshot':
      return { ...plain, flags: message.now === undefined ? 0 : FLAG.hasNow };
    default:
      return plain;
  }
}

function writeBody(writer: ByteWriter, message: FrameMessage, planes: number): void {
  switch (message.kind) {
    case 'snapshot':
      writeTiles(writer, message.tiles);
      if (message.now !== undefined) writeNow(writer, message.now);
      writeJsonText(writer, jsonText(message.facts));
      return;
    case 'column':
      writeWindow(writer, message.column);
      writeHead(writer, message.column.head);
      writePlanes(writer, message.column, planes);
      return;
    case 'column-delta':
      writePackedHead(writer, message.head, message.time);
      for (const name of PLANES) {
        if ((planes & PLANE_BIT[name]) !== 0) writePlaneDelta(writer, message[name], name);
      }
      return;
    case 'now':
      writeNow(writer, message.now);
      return;
    case 'facts':
      writeJsonText(writer, jsonText(message.facts));
      return;
    case 'status':
      writeJsonText(writer, jsonText(message.status));
      return;
    default:
      assertNever(message);
  }
}
