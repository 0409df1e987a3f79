import type { FrameMessage } from '../model/frame-message.js';
import { parsed, type Fault, type Parsed } from '../model/parsed.js';
import { ByteReader } from '../numeric/byte-reader.js';
import { ByteWriter } from '../numeric/byte-writer.js';
import { decodeMessage } from './decode-message.js';
import { encodeMessage } from './encode-message.js';
import { HEADER_BYTES } from './header.js';
import { nowMemory } from './now-bytes.js';

/** "LHS" and the version of the file layout, as the first four bytes. */
const FILE_MAGIC = [0x4c, 0x48, 0x53, 0x01] as const;
const LENGTH_BYTES = 4;
const MOST_MESSAGES = 4_294_967_295;
/** Memory that the empty vectors of one file may claim beyond its bytes: some hundred `now` messages without a value. */
const MOST_EXPANSION = 67_108_864;

/** Content of a `.lhs` file before gzip: magic, u32 count, then each message behind its u32 length. */
export function packMessages(messages: readonly FrameMessage[]): Uint8Array<ArrayBuffer> {
  const writer = new ByteWriter();
  writer.bytes(Uint8Array.from(FILE_MAGIC));
  writer.u32(messages.length, 'messages.length');
  for (const message of messages) {
    const bytes = encodeMessage(message);
    writer.u32(bytes.length, 'message.length');
    writer.bytes(bytes);
  }
  return writer.finish();
}

/** Messages of an unzipped `.lhs` file, or the first rule it breaks and where. */
export function unpackMessages(bytes: Uint8Array): Parsed<FrameMessage[]> {
  const reader = new ByteReader(bytes);
  if (FILE_MAGIC.some((expected, i) => reader.u8(`file.magic[${i}]`) !== expected)) {
    reader.fail('file.magic', 'A snapshot file must begin with LHS and version 1', 'unknown-file');
  }
  const count = reader.count(reader.u32('file.count'), LENGTH_BYTES + HEADER_BYTES, MOST_MESSAGES, 'file.count');
  const messages: FrameMessage[] = [];
  let expansion = 0;
  for (let i = 0; i < count && reader.fault === undefined; i++) {
    const length = reader.u32(`messages[${i}].length`);
    const body = reader.view(length, `messages[${i}]`);
    if (reader.fault !== undefined) break;
    const message = decodeMessage(body);
    if (!message.ok) return { ok: false, fault: inMessage(message.fault, i) };
    messages.push(message.value);
    expansion += Math.max(0, memoryOf(message.value) - length);
    if (expansion > MOST_EXPANSION)
      reader.fail(`messages[${i}]`, `A file may claim at most ${MOST_EXPANSION} bytes beyond its own`);
  }
  if (reader.remaining > 0)
    reader.fail('file', `A file must end with its last message, ${reader.remaining} bytes are left over`);
  return reader.fault === undefined ? parsed(messages) : { ok: false, fault: reader.fault };
}

function memoryOf(message: FrameMessage): number {
  const now = message.kind === 'snapshot' || message.kind === 'now' ? message.now : undefined;
  return now === undefined ? 0 : nowMemory(now);
}

function inMessage(fault: Fault, index: number): Fault {
  return { ...fault, field: `messages[${index}].${fault.field}` };
}
