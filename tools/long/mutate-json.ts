import fc from 'fast-check';

/** Values a field may wrongly hold. */
const WRONG = [
  ...['null', 'true', '""', '"NaN"', '"Infinity"', '"-1"', '"0"', '"1e400"', '"1e-400"', '"0x10"', '" 5 "', '"abc"'],
  ...['0', '-1', '1e308', '9007199254740993', '-0', '1.5', '[]', '{}', '[[]]', '[["1"]]', '[null]', '{"__proto__":1}'],
] as const;

interface JsonFault {
  /** Which leaf of the text, as a share of all. */
  readonly at: number;
  readonly change: 'replace' | 'remove' | 'rename' | 'double';
  readonly wrong: string;
}

/** Faults of single fields: another value, none, another name, or a list that repeats itself. */
export const jsonFaults: fc.Arbitrary<readonly JsonFault[]> = fc.array(
  fc.record({
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    change: fc.constantFrom('replace' as const, 'remove' as const, 'rename' as const, 'double' as const),
    wrong: fc.constantFrom(...WRONG),
  }),
  { minLength: 1, maxLength: 3 },
);

/** One to three such faults by draws from [0, 1), where generating and shrinking would cost more than the frames. */
export function randomJsonFaults(draw: () => number): readonly JsonFault[] {
  const changes = ['replace', 'remove', 'rename', 'double'] as const;
  const pick = <Item>(items: readonly Item[]): Item => items[Math.floor(draw() * items.length)]!;
  const count = 1 + Math.floor(draw() * 3);
  return Array.from({ length: count }, () => ({ at: draw(), change: pick(changes), wrong: pick(WRONG) }));
}

type Holder = Record<string, unknown>;

/** The JSON text with its fields broken; it stays JSON. */
export function breakJson(text: string, faults: readonly JsonFault[]): string {
  const whole: Holder = { whole: JSON.parse(text) as unknown };
  for (const fault of faults) {
    const fields = fieldsOf(whole);
    if (fields.length === 0) break;
    const [holder, key] = fields[Math.min(fields.length - 1, Math.floor(fault.at * fields.length))]!;
    breakField(holder, key, fault);
  }
  return JSON.stringify(whole['whole'] ?? null);
}

function breakField(holder: Holder, key: string, { change, wrong }: JsonFault): void {
  const value = holder[key];
  if (change === 'remove') Reflect.deleteProperty(holder, key);
  else if (change === 'double' && Array.isArray(value))
    holder[key] = [...(value as unknown[]), ...(value as unknown[])];
  else if (change === 'rename') {
    Reflect.deleteProperty(holder, key);
    holder[`${key}x`] = value;
  } else holder[key] = JSON.parse(wrong) as unknown;
}

/** Every field below a holder, outermost first. */
function fieldsOf(holder: Holder): (readonly [Holder, string])[] {
  return Object.keys(holder).flatMap((key) => {
    const value = holder[key];
    const below = typeof value === 'object' && value !== null ? fieldsOf(value as Holder) : [];
    return [[holder, key] as const, ...below];
  });
}
