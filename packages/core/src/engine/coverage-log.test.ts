import { expect, test } from 'vitest';
import type { InstrumentListed, StatusChange } from '../model/market-event.js';
import type { UnixMs } from '../model/units.js';
import { CoverageLog } from './coverage-log.js';
import { freshnessOf } from './freshness.js';

const T = 1_790_000_000_000 as UnixMs;
const INSTRUMENT = 'aster:BTCUSDT';
const listed: InstrumentListed = {
  kind: 'instrument',
  instrument: INSTRUMENT,
  eventTime: T,
  seenTime: T,
  spec: {
    id: INSTRUMENT,
    venue: 'aster',
    ownSymbol: 'BTCUSDT',
    symbol: 'BTCUSDT',
    kind: 'linear',
    tickSize: '0.1',
    sizeStep: '0.001',
    contractMultiplier: 1,
  },
  offers: [
    { channel: 'mark', evidence: 'frames', isOn: true },
    { channel: 'trades', evidence: 'documentation', isOn: false },
    { channel: 'book', evidence: 'recording', isOn: false, reason: 'left out to save data' },
  ],
};

function logOfOffers(): CoverageLog {
  const log = new CoverageLog();
  log.note(listed);
  return log;
}

test('S17: every offered channel is listed with what it rests on, read or not', () => {
  expect(logOfOffers().list()).toMatchObject([
    { channel: 'mark', state: 'connecting', evidence: 'frames' },
    { channel: 'trades', state: 'off', evidence: 'documentation', detail: 'not read: known from documentation alone' },
    { channel: 'book', state: 'off', evidence: 'recording', detail: 'not read: left out to save data' },
  ]);
});

test('a channel that is off stays off, whatever becomes of the connection, and makes no venue stale', () => {
  const log = logOfOffers();
  const status: StatusChange = {
    kind: 'status',
    venue: 'aster',
    channel: 'connection',
    state: 'live',
    detail: '',
    eventTime: T,
    seenTime: T,
  };
  log.noteStatus(status);
  log.note({ kind: 'mark', instrument: INSTRUMENT, eventTime: T, seenTime: T, price: 1 as never });
  expect(log.list().map(({ state }) => state)).toEqual(['live', 'off', 'off']);
  expect(freshnessOf(log.list(), new Map([['aster', 1]]), T).state).toBe('live');
});

test('the same offers told again change nothing', () => {
  const log = logOfOffers();
  const { revision } = log;
  log.note(listed);
  expect(log.revision).toBe(revision);
});
