import { expect, test } from 'vitest';
import { checkFaults } from './check-faults.js';
import { drawFaults } from './draw-faults.js';
import { FAULT_KINDS } from './fault-script.js';

test('a script is put in order of time and what it leaves out is filled in', () => {
  const checked = checkFaults([
    { at: 9_000, venue: 'okx', kind: 'burst' },
    { at: 0, venue: 'binance', kind: 'gap', symbol: 'ETHUSDT' },
  ]);
  expect(checked).toEqual({
    ok: true,
    value: [
      { at: 0, venue: 'binance', kind: 'gap', symbol: 'ETHUSDT', count: 1 },
      { at: 9_000, venue: 'okx', kind: 'burst', symbol: 'BTCUSDT', framesPerSecond: 2_500, durationMs: 1_000 },
    ],
  });
});

test.each([
  ['faults', {}],
  ['faults[0]', [null]],
  ['faults[0].at', [{ venue: 'okx', kind: 'cut' }]],
  ['faults[0].venue', [{ at: 0, venue: 'bitmex', kind: 'cut' }]],
  ['faults[0].kind', [{ at: 0, venue: 'okx', kind: 'explode' }]],
  ['faults[0].code', [{ at: 0, venue: 'okx', kind: 'cut', code: 12 }]],
  ['faults[0].symbol', [{ at: 0, venue: 'okx', kind: 'gap', symbol: 'btcusdt' }]],
  ['faults[0].count', [{ at: 0, venue: 'okx', kind: 'reorder', count: 0 }]],
  ['faults[0].durationMs', [{ at: 0, venue: 'okx', kind: 'down', durationMs: -1 }]],
  ['faults[0].durationMs', [{ at: 0, venue: 'okx', kind: 'stall', durationMs: 0 }]],
  ['faults[0].status', [{ at: 0, venue: 'okx', kind: 'rate-limit', status: 500 }]],
  ['faults[0].answer', [{ at: 0, venue: 'okx', kind: 'region', answer: 404 }]],
  ['faults[0].tickSize', [{ at: 0, venue: 'okx', kind: 'listing-change' }]],
  ['faults[0].channel', [{ at: 0, venue: 'okx', kind: 'silent-subscription', channel: 'control' }]],
  [
    'faults[1].durationMs',
    [
      { at: 0, venue: 'okx', kind: 'cut' },
      { at: 0, venue: 'okx', kind: 'cut', durationMs: 5 },
    ],
  ],
])('a fault names %s and the rule it broke', (field, input) => {
  const checked = checkFaults(input);
  expect(checked.ok ? undefined : checked.fault).toMatchObject({ code: 'invalid-fault', field });
  expect(checked.ok ? '' : checked.fault.message).toMatch(/must/);
});

test('a drawn script is usable as it is, the same for the same seed, and meets every kind sooner or later', () => {
  const drawn = drawFaults('a', 24 * 3_600_000, ['binance', 'okx']);
  expect(drawFaults('a', 24 * 3_600_000, ['binance', 'okx'])).toEqual(drawn);
  expect(drawFaults('b', 24 * 3_600_000, ['binance', 'okx'])).not.toEqual(drawn);
  expect(checkFaults(JSON.parse(JSON.stringify(drawn)))).toEqual({ ok: true, value: drawn });
  expect(new Set(drawn.map(({ kind }) => kind))).toEqual(new Set(FAULT_KINDS));
  expect(drawn.every(({ at }) => at < 24 * 3_600_000)).toBe(true);
});
