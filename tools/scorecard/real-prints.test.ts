import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { recordingPath } from '../recordings.js';
import { readForceOrders } from './force-orders.js';
import { printedRealPrints, realPrints } from './real-prints.js';

const LINES = [
  'BTC,SELL,LIMIT,IOC,0.5,59000.10,59500.25,FILLED,0.2,0.5,1723895903305,29750.1',
  'ETH,BUY,LIMIT,IOC,3,2600.5,None,FILLED,1,2.5,1723895903900,6501.25',
  'ETH,BUY,LIMIT,IOC,3,no price,None,FILLED,1,2.5,1723895904900,6501.25',
];

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'real-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

test('a forced sell closes a long; a missing fill stays unknown; a broken line is counted, not guessed at', () => {
  const path = join(folder, 'orders.csv.gz');
  writeFileSync(path, gzipSync(LINES.join('\n')));
  const { orders, badLines } = readForceOrders(path);
  expect(badLines).toBe(1);
  expect(orders).toEqual([
    { time: 1723895903305, symbol: 'BTC', side: 'long', fill: 59500.25, limit: 59000.1, size: 0.5 },
    { time: 1723895903900, symbol: 'ETH', side: 'short', fill: undefined, limit: 2600.5, size: 2.5 },
  ]);
});

test('S25: forced orders without the market around them judge nothing, and the section says why', async () => {
  const own = join(folder, 'alone');
  mkdirSync(own);
  writeFileSync(join(own, 'binance_forceorder_x.csv'), LINES.join('\n'));
  const real = await realPrints(own);
  expect(real.walks).toEqual([]);
  const text = printedRealPrints(real).join('\n');
  expect(text).toContain('binance_forceorder_x.csv: 2 prints, 1 lines left out, at most 1 per symbol and second');
  expect(text).toContain(
    'Nothing is judged: there are 2 forced orders, but no recording with prices and open interest',
  );
});

test('an absent and an empty folder say that they are', async () => {
  expect((await realPrints(join(folder, 'nowhere'))).emptyBecause).toContain('there is no folder');
  const empty = join(folder, 'empty');
  mkdirSync(empty);
  expect((await realPrints(empty)).emptyBecause).toContain('neither recordings nor forced orders');
});

/** Hours of Binance frames: marks that dip at half past, forced orders in the dip. */
function session(hours: number): string {
  const start = Date.UTC(2026, 0, 5);
  const line = (t: number, rest: object) => JSON.stringify({ t, ...rest });
  const frame = (t: number, stream: string, data: object) =>
    line(t, { k: 'in', d: JSON.stringify({ stream: `btcusdt@${stream}`, data: { E: t, s: 'BTCUSDT', ...data } }) });
  const lines = [line(start, { k: 'open', url: 'wss://fstream.binance.com/market/stream' })];
  for (let minute = 0; minute <= 60 * hours; minute++) {
    const t = start + minute * 60_000;
    const isDip = minute % 60 === 30;
    const p = isDip ? '59000.00' : '60000.00';
    const mark = { e: 'markPriceUpdate', p, i: p, P: p, r: '0.0001', T: start + 8 * 3_600_000 };
    lines.push(frame(t, 'markPrice@1s', mark));
    if (minute % 5 === 0) {
      const body = { openInterest: String(80_000 + minute), symbol: 'BTCUSDT', time: t };
      const url = 'https://fapi.binance.com/fapi/v1/openInterest?symbol=BTCUSDT';
      lines.push(line(t, { k: 'rest', url, d: JSON.stringify(body) }));
    }
    if (!isDip) continue;
    const o = {
      s: 'BTCUSDT',
      S: 'SELL',
      o: 'LIMIT',
      f: 'IOC',
      q: '0.5',
      p: '58500',
      ap: '59200',
      X: 'FILLED',
      l: '0.5',
      z: '0.5',
      T: t,
    };
    lines.push(frame(t + 500, 'forceOrder', { e: 'forceOrder', o }));
  }
  return lines.join('\n');
}

test('a recording with prices, open interest and prints is walked; few prints are not a rate', async () => {
  const own = join(folder, 'recorded');
  mkdirSync(own);
  writeFileSync(join(own, 'btcusdt.ndjson'), session(3));
  const real = await realPrints(own);
  expect(real.emptyBecause).toBeUndefined();
  expect(real.walks).toMatchObject([
    { instrument: 'binance:BTCUSDT', model: 'standard' },
    { instrument: 'binance:BTCUSDT', model: 'prior-only' },
  ]);
  const { windows, map } = real.walks[0]!.summary;
  expect(windows).toBeGreaterThanOrEqual(2);
  expect(map.prints).toBeGreaterThanOrEqual(2);
  expect(printedRealPrints(real).join('\n')).toContain(`not measured yet (n = ${map.prints})`);
});

const recorded = recordingPath('estimation');
test.skipIf('skipReason' in recorded)(
  'S25: today’s real prints have no market around them, which the page prints',
  async () => {
    if ('skipReason' in recorded) return;
    const real = await realPrints(recorded.path);
    expect(real.files.reduce((sum, { prints }) => sum + prints, 0)).toBe(1_602);
    expect(real.files.map(({ perSecond }) => perSecond)).toEqual([1, 1, 1]);
    expect(real.emptyBecause).toContain('1602 forced orders');
  },
);
