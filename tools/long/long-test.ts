/** Numbers and words a long test found; the units are in the names. */
export type Figures = Readonly<Record<string, number | string>>;

/** What a long test works with. */
export interface LongContext {
  /** Seed of everything random in it. */
  readonly seed: number;
  /** Units of work asked for (`--count`); absent: the test's own. */
  readonly count: number | undefined;
  /** State an interrupted run of the same commit saved last; undefined at a fresh start. */
  readonly resumed: unknown;
  /** Keeps what is needed to go on from here. Plain JSON. */
  save(state: unknown): void;
  /** Tells the reader how far it is. */
  progress(sentence: string): void;
}

/** A test too long for the gate. Throws when the law it states is broken. */
export interface LongTest {
  readonly name: string;
  /** The law, as a sentence. */
  readonly law: string;
  readonly seed: number;
  run(context: LongContext): Promise<Figures> | Figures;
}
