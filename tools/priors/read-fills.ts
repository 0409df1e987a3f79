import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import type { PositionSide } from '@liquidation-heatmap/core';

/** One fill of a perpetual, as far as holding times need it. */
export interface Fill {
  readonly account: string;
  readonly coin: string;
  readonly minute: number;
  readonly price: number;
  /** Size closed of a side, before anything is opened. */
  readonly closes: { readonly side: PositionSide; readonly size: number } | undefined;
  readonly opens: { readonly side: PositionSide; readonly size: number } | undefined;
}

const COLUMNS = ['Account', 'Coin', 'Execution Price', 'Size Tokens', 'Timestamp IST', 'Start Position', 'Direction'];
const DIRECTION = /^(?:(Open|Close) (Long|Short)|(Long|Short) > (Long|Short))$/;
const STAMP = /^(\d\d)-(\d\d)-(\d{4}) (\d\d?):(\d\d)$/;

/** Fills of perpetuals in the order of the file; spot trades and dust are left out. Times have minute resolution. */
export function readFills(path: string): readonly Fill[] {
  const [head = '', ...lines] = gunzipSync(readFileSync(path)).toString('utf8').trim().split(/\r?\n/);
  const names = head.split(',');
  const at = COLUMNS.map((column) => names.indexOf(column));
  if (at.includes(-1)) throw new Error(`${path} must have the columns ${COLUMNS.join(', ')}, had ${head}`);
  return lines.flatMap((line) => {
    const cells = line.split(',');
    return fillOf(at.map((index) => cells[index]!)) ?? [];
  });
}

function fillOf([account = '', coin = '', price, size, stamp, start, direction]: readonly string[]): Fill | undefined {
  const words = DIRECTION.exec(direction ?? '');
  if (words === null) return undefined;
  const amount = Number(size);
  const from = words[3] === undefined ? undefined : Math.min(Math.abs(Number(start)), amount);
  const side = sideOf(words[2] ?? words[4]);
  const whole = { side, size: amount };
  return {
    account,
    coin,
    minute: minuteOf(stamp ?? ''),
    price: Number(price),
    closes: from === undefined ? only(words[1] === 'Close', whole) : { side: sideOf(words[3]), size: from },
    opens: from === undefined ? only(words[1] === 'Open', whole) : { side, size: amount - from },
  };
}

function only<Value>(holds: boolean, value: Value): Value | undefined {
  return holds ? value : undefined;
}

function sideOf(word: string | undefined): PositionSide {
  return word === 'Long' ? 'long' : 'short';
}

function minuteOf(stamp: string): number {
  const found = STAMP.exec(stamp);
  if (found === null) throw new Error(`A time must be DD-MM-YYYY hh:mm, was ${stamp}`);
  const [day = 0, month = 0, year = 0, hour, minute] = found.slice(1).map(Number);
  return Date.UTC(year, month - 1, day, hour, minute) / 60_000;
}
