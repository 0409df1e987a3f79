import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bracketsOn, type BracketTable, type UnixMs } from '@liquidation-heatmap/core';
import { nodeRuntime } from '@liquidation-heatmap/feeds/node';
import type { HttpAnswer, Runtime } from '@liquidation-heatmap/feeds';
import { startVenueServer, type RunningServer } from '@liquidation-heatmap/venue-server';
import { bracketsCommand } from './brackets-command.js';
import { SHIPPED_TABLES } from './checked-contracts.js';

const NOW = Date.UTC(2026, 10, 27, 6) as UnixMs;
const shippedOf = (venue: BracketTable['venue'], ownSymbol: string): BracketTable =>
  bracketsOn(venue, ownSymbol, '2026-11-27', SHIPPED_TABLES)!.table;

/** A runtime without a network, whose hosts answer what a test says; undefined = the host cannot be reached. */
function scripted(answer: (url: URL) => object | undefined): Runtime {
  const real = nodeRuntime();
  return {
    ...real,
    now: () => NOW,
    sleep: (ms, signal) => real.sleep(ms > 60_000 ? ms : 0, signal),
    fetchText: (url, signal, timeoutMs) => {
      const given = answer(new URL(url));
      // Port 1 of this machine refuses every connection.
      if (given === undefined) return real.fetchText('http://127.0.0.1:1/', signal, timeoutMs);
      const answered: HttpAnswer = { status: 200, header: () => undefined, body: JSON.stringify(given) };
      return Promise.resolve(answered);
    },
  };
}

async function run(argv: readonly string[], runtime: Runtime) {
  const [told, faults]: [string[], string[]] = [[], []];
  const world = { runtime, root: '/nowhere', print: (text: string) => void told.push(text) };
  const code = await bracketsCommand(argv, { ...world, printFault: (text) => void faults.push(text) });
  return { code, text: told.join('\n'), fault: faults.join('\n') };
}

/** What Gate would answer if it published these rows. */
const gateAnswer = (...tables: readonly BracketTable[]) => {
  return tables.flatMap(({ brackets }) =>
    brackets.map((row) => ({
      ...{ risk_limit: String(row.cap), maintenance_rate: String(row.maintenanceRate) },
      ...{ leverage_max: String(row.maxLeverage), deduction: String(row.deduction) },
    })),
  );
};
const gate = (change: (table: BracketTable) => object | undefined = gateAnswer) =>
  scripted((url) => {
    const name = url.searchParams.get('contract');
    return name === null ? undefined : change(shippedOf('gate', name));
  });

test('S66: tables as they ship are equal, exit 0', async () => {
  const { code, text } = await run(['--venues', 'gate'], gate());
  expect(code).toBe(0);
  expect(text).toMatch(/gate BTC_USDT +equal to the table of 2023-05-24 \(1283 days old, outdated\)/);
  expect(text).toContain('0 differ, 5 equal, 0 not read, 0 without a table that ships.');
});

test('S66: a changed row is told with both numbers, date and source of what ships, exit 1', async () => {
  const changed = gate((table) => {
    const [row] = gateAnswer(table);
    return table.ownSymbol === 'BTC_USDT' ? [{ ...row, leverage_max: '125' }] : [row];
  });
  const { code, text } = await run(['--venues', 'gate'], changed);
  expect(code).toBe(1);
  expect(text).toMatch(/gate BTC_USDT +differs from the table of 2023-05-24/);
  expect(text).toContain('source: Reply of https://api.gateio.ws/api/v4/futures/usdt/contracts recorded on that day');
  expect(text).toMatch(/from 0 +highest leverage 100 -> 125\n/);
  expect(text).toMatch(/gate ETH_USDT +equal/);
  expect(text).toContain('1 differ, 4 equal');
});

test('S66: a network that cannot be reached is told in words and is never equal, exit 3', async () => {
  const { code, text } = await run(
    ['--venues', 'gate,bybit'],
    scripted(() => undefined),
  );
  expect(code).toBe(3);
  expect(text).toMatch(/gate BTC_USDT +not read \(the table of .*\): .*could not be read/);
  expect(text).toContain('0 differ, 0 equal, 10 not read');
});

test('S66: one venue that cannot be reached does not hide what the others publish', async () => {
  const halfway = scripted((url) => {
    const name = url.searchParams.get('contract');
    return name === null ? undefined : gateAnswer(shippedOf('gate', name));
  });
  const { code, text } = await run(['--venues', 'gate,hyperliquid'], halfway);
  expect(code).toBe(0);
  expect(text).toContain('0 differ, 5 equal, 5 not read');
});

test('S66: a table of a form that core cannot hold is a difference, not a fault of the network', async () => {
  const jumping = gate((table) => [
    ...gateAnswer(table),
    { risk_limit: '9000000', maintenance_rate: '0.5', leverage_max: '1', deduction: '0' },
  ]);
  const { code, text } = await run(['--venues', 'gate', '--symbols', 'BTCUSDT'], jumping);
  expect(code).toBe(1);
  expect(text).toContain('brackets[1].deduction must continue the requirement of the row before');
});

test('S66: what ships no table is no difference; venues whose tables are not public are told why', async () => {
  const tier = { minTierValue: '0', maxTierValue: '50000', mmr: '0.004', leverage: '125' };
  const bitget = scripted(() => ({ code: '00000', data: [tier] }));
  const { code, text } = await run(['--venues', 'bitget,okx,binance', '--symbols', 'BTCUSDT'], bitget);
  expect(code).toBe(0);
  expect(text).toMatch(/bitget BTCUSDT +no table ships; published: 1 row, at most 125x/);
  expect(text).toMatch(/okx +the whole position pays the rate of its tier/);
  expect(text).toMatch(/binance +its tables need an API key.*2024-10-24 \(764 days old, outdated\)/);
});

test('S66: --json is one document with the same verdicts; an open end is null', async () => {
  const meta = scripted(() => ({
    universe: [{ name: 'BTC', marginTableId: 50 }],
    marginTables: [[50, { marginTiers: [{ lowerBound: '0.0', maxLeverage: 50 }] }]],
  }));
  const { code, text } = await run(['--venues', 'hyperliquid,okx', '--symbols', 'BTCUSDT', '--json'], meta);
  expect(code).toBe(1);
  expect(JSON.parse(text)).toMatchObject({
    schema: 'bracket-check/1',
    day: '2026-11-27',
    via: null,
    exitCode: 1,
    counts: { 'different': 1, 'equal': 0, 'not-read': 0 },
    contracts: [
      {
        ...{ venue: 'hyperliquid', ownSymbol: 'BTC', verdict: 'different', fault: null },
        shipped: { asOf: '2026-09-27', ageDays: 61, isOutdated: false },
        published: [{ floor: 0, cap: null, maxLeverage: 50, maintenanceRate: 0.01 }],
        differences: [
          { floor: 0, kind: 'changed', fields: ['cap', 'maxLeverage', 'maintenanceRate'] },
          { floor: 150_000_000, kind: 'gone' },
        ],
      },
    ],
    notCompared: [{ venue: 'okx', shipped: null }],
  });
});

test.each([
  [['--venues', 'nope'], '--venues'],
  [['--venues', 'binance,okx'], '--venues'],
  [['--symbols', 'btc'], '--symbols'],
  [['--symbols', 'NOPEUSDT'], '--symbols'],
  [['--via', '127.0.0.1'], '--via'],
  [['--via', '127.0.0.1:99999'], '--via'],
  [['--via', '127.0.0.1:8900', '--write'], '--write'],
  [['--tables'], 'arguments'],
])('%j is refused with the option and its rule, exit 2, and nothing is asked for', async (argv, field) => {
  const untouched = scripted(() => {
    throw new Error('a request must not be made');
  });
  const plain = await run(argv, untouched);
  expect(plain).toMatchObject({ code: 2, text: '' });
  expect(plain.fault).toMatch(field === 'arguments' ? /--tables/ : /must|is for/);
  const { text } = await run([...argv, '--json'], untouched);
  expect(JSON.parse(text)).toMatchObject({ error: { code: 'bad-argument', field } });
});

describe('against venues of this machine', () => {
  let server: RunningServer;
  beforeAll(async () => {
    server = await startVenueServer({ port: 0, seed: 'brackets', symbols: ['BTCUSDT'], historyMs: 0 });
  });
  afterAll(() => server.close());

  test('S66: the simulated tables are fetched over the venues’ own addresses and differ row by row', async () => {
    const via = server.address.replace('http://', '');
    const argv = ['--venues', 'bybit,hyperliquid,gate', '--symbols', 'BTCUSDT', '--via', via, '--json'];
    const { code, text } = await run(argv, nodeRuntime());
    expect(code).toBe(1);
    expect(JSON.parse(text)).toMatchObject({ via });
    const { contracts } = JSON.parse(text) as { contracts: readonly { venue: string; published: unknown[] | null }[] };
    expect(contracts).toMatchObject([
      { venue: 'bybit', ownSymbol: 'BTCUSDT', verdict: 'different' },
      { venue: 'hyperliquid', ownSymbol: 'BTC', verdict: 'different' },
      // The host speaks no Gate.
      { venue: 'gate', verdict: 'not-read', fault: { code: 'network' } },
    ]);
    const truth = server.host.market('bybit', 'BTCUSDT').brackets!.brackets;
    expect(contracts[0]!.published).toHaveLength(truth.length);
    expect(contracts[0]!.published).toMatchObject(truth.map(({ cap, maxLeverage }) => ({ cap, maxLeverage })));
  });
});
