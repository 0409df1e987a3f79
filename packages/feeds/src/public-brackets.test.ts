import { expect, test } from 'vitest';
import type { UnixMs } from '@liquidation-heatmap/core';
import { PUBLIC_BRACKET_VENUES, publicBracketContract, readPublicBrackets } from './public-brackets.js';
import { SimulatedWorld, type SimulatedAnswer } from './runtime/simulated.js';

const DAY = '2026-11-27';

function worldOf(answer: (url: string, body?: string) => object | SimulatedAnswer) {
  return new SimulatedWorld(
    {
      admits: () => 'refuse',
      accepted: () => undefined,
      answer: (url, body) => {
        const given = answer(url, body);
        return 'status' in given || 'network' in given
          ? (given as SimulatedAnswer)
          : { status: 200, body: JSON.stringify(given) };
      },
    },
    Date.UTC(2026, 10, 27) as UnixMs,
  );
}

async function read(world: SimulatedWorld, venue: Parameters<typeof readPublicBrackets>[0], ...names: string[]) {
  const reading = readPublicBrackets(venue, names, DAY, world.runtime, new AbortController().signal);
  await world.advance(120_000);
  return reading;
}

const bybitRow = (symbol: string, cap: string, rate: string, leverage: string, deduction: string) => ({
  ...{ symbol, riskLimitValue: cap, maintenanceMargin: rate, maxLeverage: leverage, mmDeduction: deduction },
});

test.each([
  [
    'bybit',
    'BTCUSDT',
    'https://api.bybit.com/v5/market/risk-limit?category=linear&symbol=BTCUSDT',
    { retCode: 0, result: { list: [bybitRow('BTCUSDT', '2000000', '0.005', '100.00', '')] } },
  ],
  [
    'bybit-inverse',
    'BTCUSD',
    'https://api.bybit.com/v5/market/risk-limit?category=inverse&symbol=BTCUSD',
    { retCode: 0, result: { list: [bybitRow('BTCUSD', '2000000', '0.005', '100.00', '')] } },
  ],
  [
    'hyperliquid',
    'BTC',
    'https://api.hyperliquid.xyz/info',
    {
      universe: [{ name: 'BTC', maxLeverage: 100, marginTableId: 50 }],
      marginTables: [[50, { marginTiers: [{ lowerBound: '0.0', maxLeverage: 100 }] }]],
    },
  ],
  [
    'bitget',
    'BTCUSDT',
    'https://api.bitget.com/api/v3/market/position-tier?category=USDT-FUTURES&symbol=BTCUSDT',
    { code: '00000', data: [{ minTierValue: '0', maxTierValue: '2000000', mmr: '0.005', leverage: '100' }] },
  ],
  [
    'gate',
    'BTC_USDT',
    'https://api.gateio.ws/api/v4/futures/usdt/risk_limit_tiers?contract=BTC_USDT',
    [{ risk_limit: '2000000', maintenance_rate: '0.005', leverage_max: '100', deduction: '0' }],
  ],
  [
    'kraken',
    'PI_XBTUSD',
    'https://futures.kraken.com/derivatives/api/v3/instruments',
    {
      result: 'success',
      instruments: [
        {
          ...{ symbol: 'pi_xbtusd', contractSize: 1 },
          marginLevels: [{ contracts: 0, initialMargin: 0.01, maintenanceMargin: 0.005 }],
        },
      ],
    },
  ],
] as const)('S66: %s publishes the table of %s at %s', async (venue, name, url, answer) => {
  const world = worldOf(() => answer);
  const [table] = await read(world, venue, name);
  expect(table).toMatchObject({
    value: { venue, ownSymbol: name, asOf: DAY, brackets: [{ floor: 0, maintenanceRate: 0.005, maxLeverage: 100 }] },
  });
  expect(world.requests.map((request) => request.url)).toEqual([url]);
  expect(PUBLIC_BRACKET_VENUES).toContain(venue);
});

test('an address that holds several tables is asked once, and a contract it lacks is a fault of its own', async () => {
  const universe = [{ name: 'BTC', maxLeverage: 40, marginTableId: 3 }];
  const world = worldOf((_, body) => (body === '{"type":"meta"}' ? { universe } : { status: 422, body: '' }));
  const [known, unknown] = await read(world, 'hyperliquid', 'BTC', 'NOPE');
  expect(known).toMatchObject({ value: { ownSymbol: 'BTC', brackets: [{ maxLeverage: 40 }] } });
  expect(unknown).toMatchObject({ fault: { code: 'bad-symbol' } });
  expect(world.requests).toHaveLength(1);
});

test('a host that does not answer is not asked for the next table', async () => {
  const world = worldOf(() => ({ network: 'unreachable' }));
  const tables = await read(world, 'gate', 'BTC_USDT', 'ETH_USDT');
  expect(tables).toMatchObject([{ fault: { code: 'network' } }, { fault: { code: 'network' } }]);
  expect(world.requests.every(({ url }) => url.endsWith('contract=BTC_USDT'))).toBe(true);
});

test('a contract that is refused does not keep the next one from being asked for', async () => {
  const row = { risk_limit: '10', maintenance_rate: '0.005', leverage_max: '100', deduction: '0' };
  const world = worldOf((url) => (url.endsWith('=BTC_USDT') ? { status: 400, body: '' } : [row]));
  const tables = await read(world, 'gate', 'BTC_USDT', 'ETH_USDT');
  expect(tables).toMatchObject([{ fault: { code: 'rejected' } }, { ok: true }]);
});

test('a table whose requirement jumps between rows is a fault that names the row', async () => {
  const rows = [bybitRow('BTCUSDT', '10', '0.005', '100', ''), bybitRow('BTCUSDT', '20', '0.01', '50', '9')];
  const world = worldOf(() => ({ retCode: 0, result: { list: rows } }));
  const [table] = await read(world, 'bybit', 'BTCUSDT');
  expect(table).toMatchObject({ fault: { code: 'malformed-brackets', field: 'brackets[1].deduction' } });
});

test.each([
  ['no network', { network: 'unreachable' }, 'network'],
  ['a refusal by region', { status: 403, body: '' }, 'unavailable'],
  ['an error page', { status: 200, body: '<html>' }, 'bad-json'],
  ['a refusal in the body', { retCode: 10_001, retMsg: 'no' }, 'rejected'],
])('%s is a fault and throws nothing', async (_, answer, code) => {
  const [table] = await read(
    worldOf(() => answer),
    'bybit',
    'BTCUSDT',
  );
  expect(table).toMatchObject({ ok: false, fault: { code } });
});

test('a venue without public tables is a fault that names those with', async () => {
  const [table] = await read(
    worldOf(() => ({})),
    'binance',
    'BTCUSDT',
  );
  expect(table).toMatchObject({ fault: { code: 'unknown-venue', field: 'venue' } });
});

test('contracts are found by canonical symbol', () => {
  expect(PUBLIC_BRACKET_VENUES.map((venue) => publicBracketContract(venue, 'BTCUSDT'))).toEqual([
    ...['BTCUSDT', 'BTCUSD', 'BTC', 'BTCUSDT', 'BTC_USDT', 'PF_XBTUSD'],
  ]);
  expect(publicBracketContract('bybit', 'NOPEUSDT')).toBeUndefined();
  expect(publicBracketContract('binance', 'BTCUSDT')).toBeUndefined();
});
