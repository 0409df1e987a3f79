import fc from 'fast-check';

/** One way in which bytes go bad between a sender and a reader. */
export type ByteFault =
  | { readonly kind: 'set'; readonly at: number; readonly value: number }
  | { readonly kind: 'flip'; readonly at: number; readonly bit: number }
  | { readonly kind: 'cut'; readonly at: number }
  | { readonly kind: 'drop'; readonly at: number; readonly count: number }
  | { readonly kind: 'repeat'; readonly at: number; readonly count: number }
  | { readonly kind: 'word'; readonly at: number; readonly word: number };

/** Place as a share of the length; most faults hit the start, where headers and counts are. */
const place = fc
  .tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.boolean())
  .map(([share, isNearStart]) => (isNearStart ? share * share * share * share : share));
/** Words that lengths and counts must survive. */
const words = fc.constantFrom(0, 1, 0x7fffffff, 0x80000000, 0xffffffff, 0xfffffffe, 0x00ffffff);

const byteFault: fc.Arbitrary<ByteFault> = fc.oneof(
  fc.record({ kind: fc.constant('set' as const), at: place, value: fc.nat(255) }),
  fc.record({ kind: fc.constant('flip' as const), at: place, bit: fc.nat(7) }),
  fc.record({ kind: fc.constant('cut' as const), at: place }),
  fc.record({ kind: fc.constant('drop' as const), at: place, count: fc.integer({ min: 1, max: 64 }) }),
  fc.record({ kind: fc.constant('repeat' as const), at: place, count: fc.integer({ min: 1, max: 64 }) }),
  fc.record({ kind: fc.constant('word' as const), at: place, word: words }),
);

/** Up to four faults; none means the bytes stay as they were sent. */
export const byteFaults = fc.array(byteFault, { maxLength: 4 });

/** The bytes after the faults, in order. */
export function mutateBytes(bytes: Uint8Array, faults: readonly ByteFault[]): Uint8Array {
  return faults.reduce<Uint8Array>(applyFault, bytes.slice());
}

function applyFault(bytes: Uint8Array, fault: ByteFault): Uint8Array {
  if (bytes.length === 0) return bytes;
  const at = Math.min(bytes.length - 1, Math.floor(fault.at * bytes.length));
  switch (fault.kind) {
    case 'set':
      bytes[at] = fault.value;
      return bytes;
    case 'flip':
      bytes[at]! ^= 1 << fault.bit;
      return bytes;
    case 'cut':
      return bytes.slice(0, at);
    case 'drop':
      return joined(bytes.subarray(0, at), bytes.subarray(at + fault.count));
    case 'repeat':
      return joined(bytes.subarray(0, at + fault.count), bytes.subarray(at));
    case 'word':
      if (bytes.length >= 4) new DataView(bytes.buffer).setUint32(Math.min(at, bytes.length - 4), fault.word, true);
      return bytes;
  }
}

function joined(first: Uint8Array, second: Uint8Array): Uint8Array {
  const whole = new Uint8Array(first.length + second.length);
  whole.set(first);
  whole.set(second, first.length);
  return whole;
}
