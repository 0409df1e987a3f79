import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ByteReader } from './byte-reader.js';
import { ByteWriter } from './byte-writer.js';

const UINT32 = 4_294_967_295;
const field = fc.oneof(
  fc.record({ type: fc.constant('u8' as const), value: fc.integer({ min: 0, max: 255 }) }),
  fc.record({ type: fc.constant('u16' as const), value: fc.integer({ min: 0, max: 65_535 }) }),
  fc.record({ type: fc.constant('u32' as const), value: fc.integer({ min: 0, max: UINT32 }) }),
  fc.record({ type: fc.constant('i32' as const), value: fc.integer({ min: -2_147_483_648, max: 2_147_483_647 }) }),
  fc.record({ type: fc.constant('u64' as const), value: fc.maxSafeNat() }),
  fc.record({ type: fc.constant('varint' as const), value: fc.maxSafeNat() }),
  fc.record({ type: fc.constant('f32' as const), value: fc.float() }),
  fc.record({ type: fc.constant('f64' as const), value: fc.double() }),
  fc.record({ type: fc.constant('finite' as const), value: fc.double({ noNaN: true, noDefaultInfinity: true }) }),
);
type Field = {
  readonly type: 'u8' | 'u16' | 'u32' | 'i32' | 'u64' | 'varint' | 'f32' | 'f64' | 'finite';
  readonly value: number;
};

function written(fields: readonly Field[], texts: readonly string[]): Uint8Array {
  const writer = new ByteWriter();
  for (const { type, value } of fields) writer[type](value, 'value');
  for (const text of texts) writer.text(text);
  return writer.finish();
}

describe('bytes', () => {
  test('every field comes back as it was written, lone surrogates included', () => {
    fc.assert(
      fc.property(fc.array(field), fc.array(fc.string({ unit: 'binary' })), (fields, texts) => {
        const reader = new ByteReader(written(fields, [...texts, '\ud800']));
        expect(fields.map(({ type }) => reader[type]('value'))).toEqual(fields.map(({ value }) => value));
        expect([...texts, '\ud800'].map(() => reader.text('text'))).toEqual([...texts, '\ud800']);
        expect(reader.fault).toBeUndefined();
        expect(reader.remaining).toBe(0);
      }),
    );
  });

  test('a text longer than one chunk comes back', () => {
    const text = 'liquidation '.repeat(2_000);
    expect(new ByteReader(written([], [text])).text('text')).toBe(text);
  });

  test('a truncated buffer faults at the field that does not fit, and every later read gives nothing', () => {
    fc.assert(
      fc.property(fc.array(field, { minLength: 1 }), (fields) => {
        const bytes = written(fields, []);
        const reader = new ByteReader(bytes.subarray(0, bytes.length - 1));
        fields.forEach(({ type }, i) => reader[type](`field ${i}`));
        expect(reader.fault?.field).toBe(`field ${fields.length - 1}`);
        expect([reader.u8('after'), reader.text('after'), reader.bytes(3, 'after').length, reader.remaining]).toEqual([
          0,
          '',
          0,
          0,
        ]);
        expect(reader.fault?.field).toBe(`field ${fields.length - 1}`);
      }),
    );
  });

  test('a count is checked against the bytes left before anything is made of it', () => {
    const reader = new ByteReader(written([{ type: 'u32', value: UINT32 }], []));
    expect(reader.text('symbol')).toBe('');
    expect(reader.fault).toEqual({
      code: 'malformed-bytes',
      field: 'symbol',
      message: `${UINT32} of 2 bytes each must fit into the 0 bytes left`,
    });
  });

  test('a varint without an end and one above 2^53 are refused', () => {
    const endless = new ByteReader(new Uint8Array(9).fill(0xff));
    endless.varint('gap');
    expect(endless.fault?.message).toContain('must end within 8 bytes');
    const large = new ByteReader(Uint8Array.of(0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f));
    large.varint('gap');
    expect(large.fault?.message).toContain('at most 2^53 - 1');
  });

  test.each<[Field['type'], number]>([
    ['u8', 256],
    ['u16', -1],
    ['u32', 2 ** 32],
    ['i32', 0.5],
    ['u64', 2 ** 53],
    ['varint', -1],
    ['f32', 0.1],
    ['finite', Number.NaN],
  ])('writing %s of %s is our own bug and throws with the field', (type, value) => {
    expect(() => new ByteWriter()[type](value, 'sequence')).toThrow(/^sequence must be .*, was /);
  });
});
