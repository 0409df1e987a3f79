/** A step written as an exact decimal, e.g. `0.10`, with its decimals and its value. */
export interface DecimalStep {
  readonly text: string;
  readonly decimals: number;
  readonly value: number;
}

const DECIMAL = /^(\d+)(?:\.(\d+))?$/;

/** The step a text names; undefined where it is no positive decimal. */
export function stepOf(text: string): DecimalStep | undefined {
  const match = DECIMAL.exec(text);
  if (match === null) return undefined;
  const [, whole = '', fraction = ''] = match;
  if (!(Number(whole + fraction) > 0)) return undefined;
  return { text, decimals: fraction.length, value: Number(text) };
}

/** Without the zeros that say nothing, as OKX writes numbers: `64000.50` is `64000.5`, `64000.00` is `64000`. */
export function trimmed(text: string): string {
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
}

/** As Hyperliquid writes numbers: no needless zeros, but always one decimal. */
export function pointed(text: string): string {
  const short = trimmed(text);
  return short.includes('.') ? short : `${short}.0`;
}
