import type { Instrument, Parsed } from '@liquidation-heatmap/core';
import type { Hole, MissedTrades, TimeSpan } from '../../live/venue-rules.js';

/** Aggregated trades of one page. */
export const AGG_TRADES_PAGE = 1_000;
/** Pages of 1000 trades that are fetched for one hole at most (weight 20 each). */
const TRADES_PAGES = 5;

/** From where a page of trades starts. */
type PageStart = { readonly fromId: number } | TimeSpan;

/** Aggregated trades of a hole, page by page, as frames in the stream's own shape. */
export async function missedTrades(
  spec: Instrument,
  hole: Hole,
  read: (from: PageStart) => Promise<Parsed<readonly object[]>>,
  signal: AbortSignal,
): Promise<MissedTrades> {
  const frames: string[] = [];
  let from: PageStart =
    hole.lastTrade === undefined ? { from: hole.from, to: hole.to } : { fromId: Number(hole.lastTrade.id) + 1 };
  for (let page = 0; page < TRADES_PAGES && !signal.aborted; page++) {
    const rows = await read(from);
    if (!rows.ok) break;
    for (const row of rows.value) frames.push(frameOf(spec.ownSymbol, row));
    const last = (rows.value.at(-1) as { readonly a?: unknown } | undefined)?.a;
    if (rows.value.length < AGG_TRADES_PAGE || typeof last !== 'number') return { frames, from: hole.from };
    from = { fromId: last + 1 };
  }
  return { frames, from: frames.length > 0 ? hole.from : Number.NaN };
}

// A REST row has the stream's fields except type, symbol and time of sending.
function frameOf(ownSymbol: string, row: object): string {
  const time = (row as { readonly T?: unknown }).T;
  return JSON.stringify({
    stream: `${ownSymbol.toLowerCase()}@aggTrade`,
    data: { e: 'aggTrade', E: time, s: ownSymbol, ...row },
  });
}
