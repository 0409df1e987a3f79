import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';

/** Columns of the recorded prints: base symbol first, notional last. */
const SYMBOL = 0;
const NOTIONAL = 11;

/** How large the printed liquidations of a file are. */
export interface PrintSizes {
  readonly prints: number;
  readonly medianUsd: number;
  readonly ninetiethUsd: number;
  readonly largestUsd: number;
  /** Share of prints, and of printed notional, below 50,000 USD: the first row of Binance BTC. */
  readonly shareBelow50k: number;
  readonly notionalBelow50k: number;
}

/** Sizes of the liquidations Binance printed; at most one a symbol and second is printed, so they are a sample. */
export function readPrintSizes(path: string, symbol?: string): PrintSizes | undefined {
  const rows = gunzipSync(readFileSync(path))
    .toString('utf8')
    .trim()
    .split(/\r?\n/)
    .map((line) => line.split(','));
  const sizes = rows
    .filter((cells) => symbol === undefined || cells[SYMBOL] === symbol)
    .map((cells) => Number(cells[NOTIONAL]))
    .sort((a, b) => a - b);
  if (sizes.length === 0) return undefined;
  const small = sizes.filter((usd) => usd < 50_000);
  return {
    prints: sizes.length,
    medianUsd: sizes[Math.floor(sizes.length / 2)]!,
    ninetiethUsd: sizes[Math.floor(0.9 * sizes.length)]!,
    largestUsd: sizes.at(-1)!,
    shareBelow50k: small.length / sizes.length,
    notionalBelow50k: total(small) / total(sizes),
  };
}

function total(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}
