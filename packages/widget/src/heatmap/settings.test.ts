import { afterEach, describe, expect, test, vi } from 'vitest';
import { checkConfig, speedOf } from './config.js';
import { DEFAULT_SETTINGS, dataRateOf, readBoolean, readSettings, type RawSettings } from './settings.js';

const BASE = 'https://page.example/embed/';
const read = (raw: RawSettings) => readSettings(raw, BASE, DEFAULT_SETTINGS);

test('an element without attributes has the documented defaults', () => {
  const { settings, faults } = read({});
  expect(faults).toEqual([]);
  expect(settings).toEqual(DEFAULT_SETTINGS);
});

test('a boolean attribute is true when present and false when it says "false"', () => {
  expect([readBoolean(''), readBoolean('true'), readBoolean('paused')]).toEqual([true, true, true]);
  expect([readBoolean(null), readBoolean(undefined), readBoolean('false')]).toEqual([false, false, false]);
});

describe('a value that breaks its rule is named with attribute, value and rule', () => {
  test.each([
    ['symbol', 'BTC/USDT'],
    ['venues', 'binance mtgox'],
    ['src', 'ftp://host/file.lhs'],
    ['range', '5 parsecs'],
    ['interval', '7s'],
    ['at', 'yesterday'],
  ] as const)('%s="%s" is decisive: nothing is shown for it', (name, value) => {
    const { faults } = read({ [name]: value });
    expect(faults).toHaveLength(1);
    expect(faults[0]).toMatchObject({ code: 'invalid-attribute', field: name, isDecisive: true });
    expect(faults[0]?.message).toMatch(/must/);
    expect(faults[0]?.message).toContain(value.split(' ').at(-1));
  });

  test.each([
    ['theme', 'purple'],
    ['palette', 'rainbow'],
    ['labels', 'some'],
    ['layout', 'wide'],
    ['loading', 'soon'],
    ['data', 'little'],
  ] as const)('%s="%s" keeps the last good value', (name, value) => {
    const last = {
      ...DEFAULT_SETTINGS,
      theme: 'dark',
      palette: 'viridis',
      labels: 'none',
      layout: 'mini',
      loading: 'eager',
      data: 'lite',
    } as const;
    const { settings, faults } = readSettings({ [name]: value }, BASE, last);
    expect(faults[0]).toMatchObject({ field: name, isDecisive: false });
    expect(settings[name]).toBe(last[name]);
  });
});

test('interval="auto" cuts every range into at most 1,000 columns, and a finer one is refused', () => {
  for (const range of ['15m', '1h', '12h', '24h', '3d', '7d', '30d', '90d']) {
    const { settings, faults } = read({ range });
    expect(faults).toEqual([]);
    expect(settings.rangeMs / settings.intervalMs).toBeLessThanOrEqual(1000);
  }
  expect(read({ range: '24h', interval: '1s' }).faults[0]?.message).toContain('86400');
});

test('venues may be separated by spaces and commas, and repeat', () => {
  expect(read({ venues: 'okx, binance  okx' }).settings.venues).toEqual(['okx', 'binance']);
});

describe('how much is read of the venues', () => {
  afterEach(() => vi.unstubAllGlobals());

  test("auto leaves out the book, and saves data where the browser asks for it; the page's own word wins", () => {
    vi.stubGlobal('navigator', { connection: { saveData: false } });
    expect(dataRateOf('auto')).toBe('plain');
    vi.stubGlobal('navigator', { connection: { saveData: true } });
    expect(dataRateOf('auto')).toBe('lite');
    expect(dataRateOf('full')).toBe('full');
    vi.stubGlobal('navigator', {});
    expect(dataRateOf('auto')).toBe('plain');
    expect(dataRateOf('lite')).toBe('lite');
  });
});

test('a speed in the address wins over the config, and a wrong one is a fault by path', () => {
  const recording = { kind: 'recording', url: 'x', speed: 60 } as const;
  expect(speedOf({ speed: 2 }, recording)).toBe(60);
  expect(speedOf({ speed: 2 }, { ...recording, speed: undefined })).toBe(2);
  expect(speedOf({ speed: -1 }, { kind: 'venues' })).toBe(1);
  expect(checkConfig({ speed: -1 })[0]).toMatchObject({ field: 'config.speed', isDecisive: false });
});
