import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ACCOUNT_ADDRESSES, startVenueServer, type RunningServer } from '@liquidation-heatmap/venue-server';
import type { ObservedPriceRows, ObservedSnapshot } from '@liquidation-heatmap/feeds/node';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { observeCommand } from './observe-command.js';

let folder: string;
let server: RunningServer;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'observe-'));
  server = await startVenueServer({ port: 0, seed: 1, symbols: ['BTCUSDT'], historyMs: 2 * 3_600_000 });
});
afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true });
});

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

async function run(...args: readonly string[]) {
  const [printed, complaints]: [string[], string[]] = [[], []];
  const output = {
    print: (text: string) => void printed.push(text),
    complain: (text: string) => void complaints.push(text),
  };
  const code = await observeCommand(args, output, new AbortController().signal);
  return { code, printed, complaints };
}

type Printed = ObservedSnapshot & { readonly label: string; readonly byPrice: ObservedPriceRows };
const host = (): string => server.address.replace('http://', '');

describe('against a server that speaks the venue’s wire', () => {
  test('prints what the addresses of a file hold, with the share of the open interest, and ends with 0', async () => {
    const path = file('known', `# accounts\n\n${ACCOUNT_ADDRESSES.slice(0, 10).join('\r\n')}\n`);
    const { code, printed, complaints } = await run('--addresses', path, '--via', host(), '--minutes', '0.1', '--json');
    expect([code, complaints]).toEqual([0, []]);
    const { rows, size, share, openInterest, addresses, label, byPrice } = JSON.parse(printed.at(-1)!) as Printed;
    expect(addresses).toMatchObject({ known: 10, answered: 10, failing: 0 });
    expect(rows.length).toBeGreaterThan(4);
    expect(share?.total).toBeCloseTo((size.long + size.short) / (2 * (openInterest ?? 0)), 12);
    expect(label).toMatch(/^observed, \d+\.\d % of open interest$/);
    const placed = byPrice.rows.reduce((sum, { long, short }) => sum + long + short, 0);
    expect(placed + byPrice.withoutPrice.long + byPrice.withoutPrice.short).toBeCloseTo(size.long + size.short, 9);
  });

  test('learns addresses from trades, and prints lines and a table to read', async () => {
    const { code, printed } = await run('--learn', '20', '--via', host(), '--minutes', '0.1');
    expect(code).toBe(0);
    expect(printed[0]).toMatch(/^\d\d:\d\d:\d\d BTCUSDT observed, .*addresses answered/);
    expect(printed.at(-1)).toContain('liquidation price, as the venue says');
  });
});

test('a venue that cannot be reached ends with 1', async () => {
  const path = file('one', ACCOUNT_ADDRESSES[0]!);
  const { code } = await run('--addresses', path, '--via', '127.0.0.1:1', '--minutes', '0.05');
  expect(code).toBe(1);
});

test.each([
  [['--addresses', 'nowhere.txt'], '--addresses must name a file that can be read'],
  [[], '--addresses must name a file of addresses, unless --learn is given'],
  [['--learn', '0'], '--learn must be a number of at least 1, was "0"'],
  [['--learn', '1.5'], '--learn must be a whole number'],
  [['--learn', '5', '--minutes', 'x'], '--minutes must be a number above 0, was "x"'],
  [['--learn', '5', '--weight', '601'], '--weight must be 2 to 600, was 601'],
  [['--learn', '5', '--symbol', 'BTC'], '--symbol must be a coin followed by USDT, was "BTC"'],
  [['--nothing'], 'Usage: npm run observe'],
])('%j ends with 2 and says why', async (args, words) => {
  const { code, complaints } = await run(...args);
  expect(code).toBe(2);
  expect(complaints.join()).toContain(words);
});

test('a line that is no address is named with its file, its number and the rule', async () => {
  const path = file('bad', `# known\n${ACCOUNT_ADDRESSES[0]!}\n0x123\n`);
  const { code, complaints } = await run('--addresses', path);
  expect(code).toBe(2);
  expect(complaints).toEqual([`${path} line 3 must be 0x followed by 40 hexadecimal digits, was "0x123"`]);
});
