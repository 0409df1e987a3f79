import { expect, test } from 'vitest';
import { seenLiveSource, withResults } from './seen-live-source.js';

const result = { isConnected: true, firstDataMs: 80, messages: 9, gaps: 0, trouble: '' } as const;

test('what delivered is entered under the day, and what is known stays', () => {
  const before = { binance: { trades: '2026-10-01', mark: '2026-10-01' } } as const;
  const seen = withResults(
    before,
    [
      { ...result, venue: 'binance', channels: ['trades', 'book'] },
      { ...result, venue: 'okx', channels: [] },
    ],
    '2026-11-27',
  );
  expect(seen).toEqual({ binance: { trades: '2026-11-27', mark: '2026-10-01', book: '2026-11-27' } });
  expect(seenLiveSource(seen)).toContain("    'trades': '2026-11-27',\n");
});

test('without anything seen the file holds an empty table', () => {
  expect(seenLiveSource({})).toContain('= {};\n');
});
