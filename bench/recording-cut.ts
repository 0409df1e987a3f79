import { ReplayFeed, venueAdapters } from '@liquidation-heatmap/feeds';

/** Which part of a recording, in milliseconds after its first line. */
export interface Cut {
  readonly fromMs: number;
  readonly toMs: number;
}

/** A part of a Binance recording as a recording of its own: the book at the cut stands in for the snapshot. */
export async function binanceText(
  lines: AsyncIterable<string>,
  { fromMs, toMs }: Cut,
): Promise<{ readonly text: string; readonly frames: number; readonly busiest: number }> {
  const head: string[] = [];
  const body: string[] = [];
  const perSecond = new Map<number, number>();
  let first = Number.NaN;
  for await (const line of lines) {
    const { t } = JSON.parse(line) as { t: number };
    if (Number.isNaN(first)) first = t;
    if (t - first >= toMs) break;
    if (t - first < fromMs) head.push(line);
    else {
      body.push(line);
      perSecond.set(Math.floor(t / 1_000), (perSecond.get(Math.floor(t / 1_000)) ?? 0) + 1);
    }
  }
  const opening = head.find((line) => line.includes('"k":"open"')) ?? '';
  const text = [opening, body[0], await snapshotLine(head), ...body.slice(1)].join('\n');
  return { text, frames: body.length, busiest: Math.max(...perSecond.values()) };
}

/** The book after the lines as a REST answer in the venue's shape. */
async function snapshotLine(lines: readonly string[]): Promise<string> {
  const feed = new ReplayFeed({ adapters: venueAdapters, symbols: ['BTCUSDT'] });
  for await (const event of feed.events(lines))
    if (event.kind === 'gap') throw new Error(`Gap before the cut: ${event.reason}`);
  const book = feed.session?.book('binance:BTCUSDT');
  const state = feed.session?.bookState('binance:BTCUSDT');
  if (book === undefined || state?.lastSequence === undefined) throw new Error('The book must be in sync at the cut');
  const side = ({ ticks, sizes }: typeof book.bids): readonly (readonly [string, string])[] =>
    Array.from(ticks.subarray(0, 1_000), (tick, i) => [(tick / 10).toFixed(1), String(sizes[i])]);
  const body = { lastUpdateId: state.lastSequence, bids: side(book.bids), asks: side(book.asks) };
  const { t } = JSON.parse(lines.at(-1) ?? '{}') as { t: number };
  const url = 'https://fapi.binance.com/fapi/v1/depth?symbol=BTCUSDT&limit=1000';
  return JSON.stringify({ t: t + 1, k: 'rest', url, d: JSON.stringify(body) });
}
