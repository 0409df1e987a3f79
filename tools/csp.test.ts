import { expect, test } from 'vitest';
import { contentSecurityPolicy, venuesOfArguments } from './csp.js';

test('the policy names exact hosts and allows nothing inline, evaluated or from elsewhere', () => {
  expect(contentSecurityPolicy(['binance'])).toEqual({
    ok: true,
    value:
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; worker-src 'self'; " +
      'connect-src https://fapi.binance.com wss://fstream.binance.com; ' +
      "require-trusted-types-for 'script'; trusted-types liquidation-heatmap",
  });
});

test('an unknown venue and a missing list are plain errors', () => {
  expect(contentSecurityPolicy(['bitmex'])).toMatchObject({
    ok: false,
    fault: { message: expect.stringMatching(/^venues must be among binance, .*, was bitmex$/) as string },
  });
  expect(venuesOfArguments([]).ok).toBe(false);
  expect(venuesOfArguments(['--venues']).ok).toBe(false);
  expect(venuesOfArguments(['--venues', 'binance', 'bybit']).ok).toBe(false);
  expect(venuesOfArguments(['--venues=binance,bybit'])).toEqual({ ok: true, value: ['binance', 'bybit'] });
  expect(venuesOfArguments(['--venues', 'binance'])).toEqual({ ok: true, value: ['binance'] });
});
