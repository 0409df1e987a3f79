/** Median and range of repeated measurements. */
export interface Spread {
  readonly median: number;
  readonly least: number;
  readonly most: number;
}

/** Spread of at least one value. */
export function spreadOf(values: readonly number[]): Spread {
  const ascending = [...values].sort((a, b) => a - b);
  return { median: ascending[ascending.length >> 1]!, least: ascending[0]!, most: ascending.at(-1)! };
}

/** `12.3 ms (11.0-15.2)`. */
export function shownSpread({ median, least, most }: Spread, unit: string, digits = 1): string {
  const text = (value: number): string =>
    value.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits });
  return `${text(median)} ${unit} (${text(least)}-${text(most)})`;
}

/** CPU milliseconds of this process spent in a call: on a machine that others use too, more telling than wall time. */
export async function cpuMs(act: () => Promise<void> | void): Promise<number> {
  const before = process.cpuUsage();
  await act();
  const used = process.cpuUsage(before);
  return (used.user + used.system) / 1_000;
}
