import {
  observedLabel,
  observedRows,
  type ObservedPriceRow,
  type ObservedSnapshot,
} from '@liquidation-heatmap/feeds/node';

/** Rows of price printed at the end; the largest are kept. */
const MOST_ROWS = 20;

/** A snapshot as one line of JSON, with its label and its size by price. */
export function observedJson(snapshot: ObservedSnapshot): string {
  return JSON.stringify({ ...snapshot, label: observedLabel(snapshot), byPrice: observedRows(snapshot) });
}

/** A snapshot as one line to read. */
export function observedLine(snapshot: ObservedSnapshot): string {
  const { symbol, time, size, addresses, oldestAgeMs, fault } = snapshot;
  const age = oldestAgeMs === undefined ? '' : `, oldest ${String(Math.round(oldestAgeMs / 1_000))} s ago`;
  const held = `long ${coins(size.long)}, short ${coins(size.short)}`;
  const asked = `${String(addresses.answered)} of ${String(addresses.known)} addresses answered, ${String(addresses.holding)} hold`;
  const trouble = fault === undefined ? '' : `; ${String(addresses.failing)} failing: ${fault.message}`;
  return `${clockOf(time)} ${symbol} ${observedLabel(snapshot)}: ${held} (${asked}${age})${trouble}`;
}

/** Size by liquidation price as a table, highest price first. */
export function observedTable(snapshot: ObservedSnapshot): string {
  const { rows, withoutPrice } = observedRows(snapshot);
  const largest = rows.toSorted((a, b) => b.long + b.short - (a.long + a.short)).slice(0, MOST_ROWS);
  const left = rows.length - largest.length;
  return [
    'liquidation price, as the venue says        long         short',
    ...largest.sort((a, b) => b.row - a.row).map(tableRow),
    `${'no price would liquidate'.padEnd(34)}${sizes(withoutPrice)}`,
    ...(left > 0 ? [`${String(left)} smaller rows are left out.`] : []),
  ].join('\n');
}

function tableRow(row: ObservedPriceRow): string {
  return `${`${row.low.toPrecision(6)} to ${row.high.toPrecision(6)}`.padEnd(34)}${sizes(row)}`;
}

function sizes({ long, short }: Pick<ObservedPriceRow, 'long' | 'short'>): string {
  return `${coins(long).padStart(14)}${coins(short).padStart(14)}`;
}

function coins(size: number): string {
  return size.toFixed(3);
}

function clockOf(time: number): string {
  return new Date(time).toISOString().slice(11, 19);
}
