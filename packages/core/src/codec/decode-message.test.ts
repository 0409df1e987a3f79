import { describe, expect, test } from 'vitest';
import { GOLDEN_MESSAGES, goldenMessage } from '../../test/golden/golden-messages.js';
import type { FrameMessage } from '../model/frame-message.js';
import { ByteWriter } from '../numeric/byte-writer.js';
import { decodeMessage } from './decode-message.js';
import { encodeMessage } from './encode-message.js';
import { HEADER_BYTES } from './header.js';
import { jsonText, writeJsonText } from './json-shape.js';
import { nowMemory } from './now-bytes.js';
import { packMessages, unpackMessages } from './snapshot-file.js';

function patched(message: FrameMessage, at: number, ...bytes: readonly number[]): Uint8Array {
  const encoded = encodeMessage(message);
  encoded.set(bytes, at);
  return encoded;
}

function withJson(kind: 'facts' | 'status', value: unknown): Uint8Array {
  const writer = new ByteWriter();
  writer.bytes(encodeMessage(goldenMessage(kind)).subarray(0, HEADER_BYTES));
  writeJsonText(writer, typeof value === 'string' ? value : jsonText(value));
  return writer.finish();
}

function withCluster(chosen: Readonly<Record<string, unknown>>): Uint8Array {
  return withJson('facts', { ...facts, clusters: [{ ...facts.clusters[0], ...chosen }] });
}

function withSetup(at: number, chosen: Readonly<Record<string, unknown>>): Uint8Array {
  return withJson('facts', {
    ...facts,
    setups: facts.setups.map((setup, i) => (i === at ? { ...setup, ...chosen } : setup)),
  });
}

const column = goldenMessage('column');
const { facts } = goldenMessage('facts');
const { status } = goldenMessage('status');
/** Where the body of a column on the ladder has its end time: after the window of 12 bytes. */
const COLUMN_END_TIME = HEADER_BYTES + 12;
const INFINITY = [0, 0, 0, 0, 0, 0, 0xf0, 0x7f];

describe('a broken message is a fault that names the field and the rule', () => {
  test.each([
    ['no bytes', new Uint8Array(0), 'header.magic', '1 bytes are needed, 0 are left'],
    ['another format', patched(column, 0, 0x1f), 'header.magic', 'The first byte must be 0xa1 to 0xa3, was 0x1f'],
    ['a later version', patched(column, 0, 0xa4), 'header.magic', 'Codec versions up to 3 are understood, was 4'],
    ['no version', patched(column, 0, 0xa0), 'header.magic', 'Codec versions up to 3 are understood, was 0'],
    ['an unknown type', patched(column, 1, 7), 'header.type', 'The type must be one of 1..6, was 7'],
    ['an infinite time', patched(column, 12, ...INFINITY), 'header.time', 'A finite number is needed, was Infinity'],
    ['another lattice', patched(column, 20, 2), 'header.lattice', 'The lattice must be 1 (rows of 0.1 %), was 2'],
    [
      'an unknown resolution',
      patched(column, 21, 77),
      'header.resolution',
      'The resolution must be 255 or below 8, was 77',
    ],
    ['a column without resolution', patched(column, 21, 254), 'header.resolution', 'A column must have a resolution'],
    ['an unknown plane', patched(column, 22, 16), 'header.planes', 'The plane set must be in 0..15, was 16'],
    ['an unknown flag', patched(column, 23, 4), 'header.flags', 'The flags must be in 0..3, were 4'],
    [
      'a NaN step',
      patched(column, HEADER_BYTES + 8, 0, 0, 0xc0, 0x7f),
      'step',
      'The step must be a finite number, was NaN',
    ],
    [
      'a column without end',
      patched(column, COLUMN_END_TIME, ...INFINITY),
      'head.endTime',
      'A finite number is needed',
    ],
    ['a missing plane', patched(column, 22, 15), 'age', '640 bytes are needed, 0 are left'],
    [
      'bytes left over',
      Uint8Array.of(...encodeMessage(column), 0),
      'body',
      'A message must end with its body, 1 bytes are left over',
    ],
    ['facts that are no JSON', withJson('facts', '{'), 'facts', 'The text must be JSON'],
    ['facts that are a list', withJson('facts', []), 'facts', 'facts must be an object'],
    [
      'a venue nobody knows',
      withJson('facts', { ...facts, venues: ['mtgox'] }),
      'facts.venues[0]',
      'facts.venues[0] must be a venue id',
    ],
    [
      'an instrument without venue',
      withJson('facts', { ...facts, instruments: ['BTC'] }),
      'facts.instruments[0]',
      'must be venue:ownSymbol',
    ],
    [
      'an unknown scale',
      withJson('facts', { ...facts, scale: 'eur' }),
      'facts.scale',
      'facts.scale must be one of usd, relative',
    ],
    [
      'a print without price',
      withJson('facts', { ...facts, prints: [{ ...facts.prints[0], price: null }] }),
      'facts.prints[0].price',
      'must be a number',
    ],
    [
      'a count that is text',
      withJson('facts', { ...facts, rejections: { late: 'many' } }),
      'facts.rejections.late',
      'must be a number',
    ],
    [
      'facts without clusters',
      withJson('facts', { ...facts, clusters: undefined }),
      'facts.clusters',
      'facts.clusters must be a list',
    ],
    [
      'a cluster upside down',
      withCluster({ low: 55_000 }),
      'facts.clusters[0].high',
      'must not lie below low, was 54041.75 under 55000',
    ],
    ['a price of nothing', withCluster({ peak: 0 }), 'facts.clusters[0].peak', 'must be in 5e-324..'],
    ['a NaN amount', withCluster({ peakEnergy: 'NaN' }), 'facts.clusters[0].peakEnergy', 'was NaN'],
    [
      'a range that does not ascend',
      withCluster({ energy: { p10: 3, p50: 2, p90: 4 } }),
      'facts.clusters[0].energy',
      'must ascend from p10 to p90',
    ],
    [
      'a part larger than the whole',
      withCluster({ venues: [{ part: 'binance', share: 1.5 }] }),
      'facts.clusters[0].venues[0].share',
      'must be in 0..1, was 1.5',
    ],
    [
      'a change nobody knows',
      withJson('facts', { ...facts, clusterChanges: [{ ...facts.clusterChanges[0], kind: 'explode' }] }),
      'facts.clusterChanges[0].kind',
      'must be one of appear',
    ],
    [
      'a phase nobody knows',
      withJson('facts', { ...facts, cascade: { ...facts.cascade, phase: 'over' } }),
      'facts.cascade.phase',
      'must be one of idle',
    ],
    [
      'a flag that is a number',
      withJson('facts', { ...facts, cascade: { ...facts.cascade, hasPrints: 1 } }),
      'facts.cascade.hasPrints',
      'must be true or false',
    ],
    [
      'a kind of setup nobody knows',
      withSetup(0, { kind: 'signal' }),
      'facts.setups[0].kind',
      'must be one of magnet, fade, confluence',
    ],
    [
      'a state that its condition cannot have',
      withSetup(0, { conditions: [{ ...facts.setups[0]!.conditions[0], value: 'in-sync' }] }),
      'facts.setups[0].conditions[0].value',
      'must be one of fresh, stale',
    ],
    [
      'a condition nobody knows',
      withSetup(2, { conditions: [{ ...facts.setups[2]!.conditions[0], name: 'mood' }] }),
      'facts.setups[2].conditions[0].name',
      'must be data, book or cascade-phase',
    ],
    [
      'a rate above one',
      withSetup(2, { outcomes: [{ afterMs: 1, broke: { n: 40, rate: 1.5, low95: 0, high95: 1, source: 'archive' } }] }),
      'facts.setups[2].outcomes[0].broke.rate',
      'must be in 0..1, was 1.5',
    ],
    [
      'a source of outcomes nobody knows',
      withSetup(1, { retracements: [{ afterMs: 1, n: 1, source: 'hearsay' }] }),
      'facts.setups[1].retracements[0].source',
      'must be one of recorded, archive, simulated',
    ],
    [
      'an alert without rule',
      withJson('facts', { ...facts, alerts: [{ ...facts.alerts[0], ruleId: undefined }] }),
      'facts.alerts[0].ruleId',
      'must be text',
    ],
    [
      'an alert whose figure is a list',
      withJson('facts', { ...facts, alerts: [{ ...facts.alerts[0], values: { distance: [] } }] }),
      'facts.alerts[0].values.distance',
      'must be a number',
    ],
    [
      'a state of a prototype',
      withJson('status', { ...status, state: 'toString' }),
      'status.state',
      'status.state must be one of idle',
    ],
    [
      'a fault without message',
      withJson('status', { ...status, fault: { code: '', field: '' } }),
      'status.fault.message',
      'must be text',
    ],
  ])('%s', (_name, bytes, field, message) => {
    const decoded = decodeMessage(bytes);
    expect(decoded).toMatchObject({ ok: false, fault: { field, message: expect.stringContaining(message) } });
  });

  test('an unknown version has a code of its own, so that a page can ask for a reload', () => {
    expect(decodeMessage(patched(column, 0, 0xa4))).toMatchObject({ fault: { code: 'unknown-codec-version' } });
  });

  test('a delta row outside the window is refused', () => {
    const delta = { ...goldenMessage('column-delta'), short: { rows: Uint16Array.of(639), codes: Uint8Array.of(9) } };
    const bytes = encodeMessage(delta);
    // 639 is the varint ff 04; ff 05 is 767.
    bytes[bytes.findLastIndex((byte, i) => byte === 0xff && bytes[i + 1] === 0x04) + 1] = 0x05;
    expect(decodeMessage(bytes)).toMatchObject({
      ok: false,
      fault: { field: 'short.rows', message: 'A row must be below 640, was 767' },
    });
  });

  test('unknown fields of facts are left out, not passed on', () => {
    expect(decodeMessage(withJson('facts', { ...facts, extra: 1 }))).toEqual({
      ok: true,
      value: goldenMessage('facts'),
    });
  });
});

describe('memory', () => {
  test('a claim of 65,535 tiles in a few bytes is refused before anything is allocated', () => {
    const bytes = patched(goldenMessage('snapshot'), HEADER_BYTES, 0xff, 0xff);
    expect(decodeMessage(bytes)).toMatchObject({ ok: false });
    expect(decodeMessage(bytes.subarray(0, 100))).toMatchObject({ fault: { field: 'tiles.count' } });
  });

  test('the largest present of empty vectors stays below 1 MB', () => {
    const { now } = goldenMessage('now');
    const none = { long: new Float64Array(640), short: new Float64Array(640) };
    const bands = { p10: none.long, p50: none.long, p90: none.long };
    const largest = {
      ...now,
      long: bands,
      short: bands,
      expectedToFire: new Array(8).fill({ ...now.expectedToFire[0]!, ...none }),
      venues: new Array(16).fill({ ...now.venues[0]!, ...none }),
      classes: new Array(32).fill({ ...now.classes[0]!, ...none }),
    };
    expect(nowMemory(largest)).toBeLessThan(1_000_000);
    expect(decodeMessage(encodeMessage({ ...goldenMessage('now'), now: largest })).ok).toBe(true);
    const venues = new Array(17).fill(largest.venues[0]);
    expect(() => encodeMessage({ ...goldenMessage('now'), now: { ...largest, venues } })).toThrow(
      'now.venues must have at most 16 entries, had 17',
    );
    const file = packMessages(new Array<FrameMessage>(120).fill({ ...goldenMessage('now'), now: largest }));
    expect(unpackMessages(file)).toMatchObject({
      ok: false,
      fault: { message: expect.stringContaining('A file may claim at most') },
    });
  });
});

describe('size', () => {
  test('a delta of 22 rows on both sides, as one live second has, costs less than a tenth of a whole column', () => {
    const rows = Uint16Array.from({ length: 22 }, (_, i) => 300 + i * 3);
    const codes = new Uint8Array(22).fill(7);
    const plane = { rows, codes };
    const none = { rows: new Uint16Array(0), codes: new Uint8Array(0) };
    const head = {
      ...column.column.head,
      low: column.column.head.close,
      endTime: column.time,
      completeness: 1 as never,
    };
    const bytes = encodeMessage({
      ...goldenMessage('column-delta'),
      head,
      long: plane,
      short: plane,
      spread: none,
      age: none,
    });
    expect(bytes.length).toBeLessThan(150);
    expect(encodeMessage(column).length).toBeGreaterThan(10 * bytes.length);
  });
});

describe('a message that breaks its own type is our own bug', () => {
  test.each([
    [
      'a floor that is no 32-bit float',
      { ...column, column: { ...column.column, floor: 0.1 } },
      'floor must be an exact 32-bit float, was 0.1',
    ],
    [
      'a short plane',
      { ...column, column: { ...column.column, age: new Uint8Array(9) } },
      'age must have 640 rows, had 9',
    ],
    [
      'a sequence beyond 32 bits',
      { ...column, sequence: 2 ** 32 },
      'sequence must be an integer in 0..4294967295, was 4294967296',
    ],
    ['a NaN time', { ...column, time: Number.NaN as never }, 'time must be a finite number, was NaN'],
    [
      'rows that do not ascend',
      { ...goldenMessage('column-delta'), long: { rows: Uint16Array.of(4, 4), codes: Uint8Array.of(1, 2) } },
      'long.rows must ascend in 0..639, row 1 was 4',
    ],
  ])('%s throws with the field', (_name, message, rule) => {
    expect(() => encodeMessage(message as FrameMessage)).toThrow(rule);
  });
});

describe('snapshot files', () => {
  const bytes = packMessages(GOLDEN_MESSAGES);

  test.each([
    [
      'no file of ours',
      Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8),
      'file.magic',
      'A snapshot file must begin with LHS and version 1',
    ],
    [
      'more messages than bytes',
      Uint8Array.of(0x4c, 0x48, 0x53, 1, 0xff, 0xff, 0xff, 0xff),
      'file.count',
      'must fit into the 0 bytes left',
    ],
    [
      'bytes left over',
      Uint8Array.of(...bytes, 0),
      'file',
      'A file must end with its last message, 1 bytes are left over',
    ],
    ['a cut last message', bytes.subarray(0, bytes.length - 1), 'messages[6]', 'are left'],
  ])('%s is a fault', (_name, file, field, message) => {
    expect(unpackMessages(file)).toMatchObject({
      ok: false,
      fault: { field, message: expect.stringContaining(message) },
    });
  });

  test('a fault inside says in which message', () => {
    const broken = bytes.slice();
    broken[13] = 9;
    expect(unpackMessages(broken)).toMatchObject({ ok: false, fault: { field: 'messages[0].header.type' } });
  });
});
