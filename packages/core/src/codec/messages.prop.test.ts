import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { arbitraryColumn, arbitraryMessage } from '../../test/arbitrary-message.js';
import { FrameStore } from '../model/frame-store.js';
import type { ColumnHead } from '../model/heatmap-frame.js';
import { deltaOfColumns } from './column-delta.js';
import { decodeMessage } from './decode-message.js';
import { encodeMessage } from './encode-message.js';
import { HEADER_BYTES } from './header.js';
import { expectSame } from '../../test/expect-same.js';
import { packMessages, unpackMessages } from './snapshot-file.js';

describe('messages as bytes', () => {
  test('every message comes back as it was sent, NaN prices and -0 included', () => {
    fc.assert(
      fc.property(arbitraryMessage, (message) => {
        const bytes = encodeMessage(message);
        const decoded = decodeMessage(bytes);
        expectSame(decoded, { ok: true, value: message });
        if (decoded.ok) expectSame(encodeMessage(decoded.value), bytes);
      }),
      { numRuns: 500 },
    );
  });

  test('a decoded message shares no memory with its bytes', () => {
    fc.assert(
      fc.property(arbitraryMessage, (message) => {
        const bytes = encodeMessage(message);
        const decoded = decodeMessage(bytes);
        bytes.fill(0xff);
        expectSame(decoded, { ok: true, value: message });
      }),
    );
  });

  test('no proper part of a message is a message, and none throws', () => {
    fc.assert(
      fc.property(arbitraryMessage, fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }), (message, share) => {
        const bytes = encodeMessage(message);
        const decoded = decodeMessage(bytes.subarray(0, Math.floor(share * bytes.length)));
        expect(decoded.ok).toBe(false);
      }),
    );
  });

  test('random bytes behind a valid first byte never throw', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), fc.nat(7), (bytes, type) => {
        if (bytes.length > HEADER_BYTES) bytes.set([0xa1 + (bytes[0]! % 3), type]);
        const decoded = decodeMessage(bytes);
        if (!decoded.ok) expect(decoded.fault.field).not.toBe('');
      }),
      { numRuns: 2_000 },
    );
  });

  test('a message with flipped bytes is a message or a fault that names a field, never a throw, and the store survives it', () => {
    const flips = fc.array(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }), fc.nat(255)), {
      minLength: 1,
      maxLength: 6,
    });
    fc.assert(
      fc.property(arbitraryMessage, flips, (message, changes) => {
        const bytes = encodeMessage(message);
        for (const [place, byte] of changes) bytes[Math.floor(place * bytes.length)] = byte;
        const decoded = decodeMessage(bytes);
        if (decoded.ok) new FrameStore().apply(decoded.value);
        else expect(decoded.fault.field).not.toBe('');
      }),
      { numRuns: 1_000 },
    );
  });

  test('a file gives back its messages, and no part of it does', () => {
    fc.assert(
      fc.property(fc.array(arbitraryMessage, { maxLength: 4 }), fc.nat(2 ** 20), (messages, cut) => {
        const bytes = packMessages(messages);
        expectSame(unpackMessages(bytes), { ok: true, value: messages });
        expect(unpackMessages(bytes.subarray(0, cut % bytes.length)).ok).toBe(false);
      }),
    );
  });

  test('a file with flipped bytes never throws', () => {
    fc.assert(
      fc.property(
        fc.array(arbitraryMessage, { minLength: 1, maxLength: 2 }),
        fc.nat(2 ** 20),
        fc.nat(255),
        (messages, place, byte) => {
          const bytes = packMessages(messages);
          bytes[place % bytes.length] = byte;
          expect(typeof unpackMessages(bytes).ok).toBe('boolean');
        },
      ),
    );
  });
});

describe('column deltas', () => {
  const pair = fc.tuple(arbitraryColumn, arbitraryColumn).map(([previous, other]) => ({
    previous,
    next: {
      ...previous,
      head: { ...other.head, resolutionMs: previous.head.resolutionMs },
      long: other.long,
      short: other.short,
      age: other.age,
    },
  }));

  test('previous column plus delta is the next column', () => {
    fc.assert(
      fc.property(pair, ({ previous, next }) => {
        const delta = deltaOfColumns(previous, next);
        if (delta === undefined) throw new Error('Expected a delta');
        expect(delta.head).toEqual(next.head);
        for (const plane of ['long', 'short', 'spread', 'age'] as const) {
          const patched = previous[plane].slice();
          delta[plane].rows.forEach((row, i) => (patched[row] = delta[plane].codes[i]!));
          expectSame(patched, next[plane]);
          expect(delta[plane].rows.every((row) => previous[plane][row] !== next[plane][row])).toBe(true);
        }
      }),
    );
  });

  test('there is no delta across a moved window, another code scale or another resolution', () => {
    fc.assert(
      fc.property(pair, ({ previous, next }) => {
        expect(deltaOfColumns(previous, { ...next, originRow: (next.originRow + 1) as never })).toBeUndefined();
        expect(deltaOfColumns(previous, { ...next, floor: next.floor === 0 ? 1 : 0 })).toBeUndefined();
        expect(deltaOfColumns(previous, { ...next, step: next.step === 0 ? 1 : 0 })).toBeUndefined();
        const head = { ...next.head, resolutionMs: previous.head.resolutionMs * 2 } as ColumnHead;
        expect(deltaOfColumns(previous, { ...next, head })).toBeUndefined();
      }),
    );
  });
});
