/** Events a second of the recorded Binance session through parse, book and engine, beside bare JSON.parse of the same lines in the same run. */
import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';
import { createEngine, type DurationMs, type MarketEvent } from '@liquidation-heatmap/core';
import { readLines, ReplayFeed, venueAdapters } from '@liquidation-heatmap/feeds';
import { recordingPath } from '../tools/recordings.js';
import { cpuMs, shownSpread, spreadOf } from './spread.js';

const ROUNDS = 5;
const RECORDING = 'venues/binance-usdm/btcusdt-2024-08-08.ndjson.gz';

async function linesOf(path: string): Promise<readonly string[]> {
  const lines: string[] = [];
  for await (const line of readLines(createReadStream(path).pipe(createGunzip()))) lines.push(line);
  return lines;
}

/** What a page cannot do without: the line and the frame inside it. */
function bareParse(lines: readonly string[]): void {
  for (const line of lines) {
    const { d } = JSON.parse(line) as { d?: string };
    if (d !== undefined) JSON.parse(d);
  }
}

async function replay(lines: readonly string[], apply: (event: MarketEvent) => void): Promise<void> {
  const feed = new ReplayFeed({ adapters: venueAdapters, symbols: ['BTCUSDT'] });
  for await (const event of feed.events(lines)) apply(event);
}

const found = recordingPath(RECORDING);
if ('skipReason' in found) console.log(`skipped: ${found.skipReason}`);
else {
  const lines = await linesOf(found.path);
  const times: Record<string, number[]> = { 'JSON.parse alone': [], 'parse + book': [], 'parse + book + engine': [] };
  for (let round = 0; round < ROUNDS; round++) {
    times['JSON.parse alone']!.push(await cpuMs(() => bareParse(lines)));
    times['parse + book']!.push(await cpuMs(() => replay(lines, () => undefined)));
    const engine = createEngine({ symbol: 'BTCUSDT', venues: ['binance'], resolutions: [1_000 as DurationMs] });
    times['parse + book + engine']!.push(await cpuMs(() => replay(lines, (event) => void engine.apply(event))));
  }
  const bare = spreadOf(times['JSON.parse alone']!).median;
  for (const [name, values] of Object.entries(times)) {
    const spread = spreadOf(values);
    const rate = Math.round((lines.length / spread.median) * 1_000).toLocaleString('en-US');
    console.log(
      `${name.padEnd(22)} ${shownSpread(spread, 'CPU ms')}, ${rate} lines a CPU second, ${(spread.median / bare).toFixed(2)} x bare`,
    );
  }
}
