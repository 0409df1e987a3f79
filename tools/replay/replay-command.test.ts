import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { Ajv } from 'ajv';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { recordingPath } from '../recordings.js';
import { replayCommand } from './replay-command.js';
import type { ReplayFacts } from './replay-recording.js';

const schema = JSON.parse(
  readFileSync(new URL('../../docs/replay-facts.schema.json', import.meta.url), 'utf8'),
) as object;
const validate = new Ajv({ allErrors: true }).compile(schema);
const START = 1_790_000_000_000;
const DEPTH_URL = 'https://fapi.binance.com/fapi/v1/depth?symbol=BTCUSDT&limit=1000';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'replay-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** A session of ten seconds in Binance's shape: a snapshot, an update and a trade a second. */
function session(): string[] {
  const lines = [line(0, 'open', { url: 'wss://fstream.binance.com/public/stream' })];
  for (let i = 0; i < 10; i++) {
    const T = START + i * 1_000;
    const depth = {
      e: 'depthUpdate',
      E: T,
      T,
      s: 'BTCUSDT',
      U: 100 + 10 * i,
      u: 109 + 10 * i,
      pu: 99 + 10 * i,
      b: [['60000.00', `${i + 1}`]],
      a: [['60000.10', '2.5']],
    };
    const trade = { e: 'aggTrade', E: T, T, s: 'BTCUSDT', a: 100 + i, p: '60000.10', q: '0.001', m: i % 2 === 0 };
    lines.push(line(i * 1_000, 'in', { d: JSON.stringify({ stream: 'btcusdt@depth@100ms', data: depth }) }));
    if (i === 1) {
      const d = JSON.stringify({ lastUpdateId: 112, E: T, T, bids: [['59999.90', '1']], asks: [['60000.10', '2']] });
      lines.push(line(1_000, 'rest', { url: DEPTH_URL, d }));
    }
    lines.push(line(i * 1_000 + 1, 'in', { d: JSON.stringify({ stream: 'btcusdt@aggTrade', data: trade }) }));
  }
  return lines;
}

function line(offset: number, k: string, rest: Readonly<Record<string, string>>): string {
  return JSON.stringify({ t: START + offset, k, ...rest });
}

function file(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

async function run(...args: string[]): Promise<{ code: number; output: string }> {
  const printed: string[] = [];
  const code = await replayCommand(args, (text) => printed.push(text));
  return { code, output: printed.join('\n') };
}

/** Runs with --json and checks the output against the schema. */
async function runJson(...args: string[]): Promise<{ code: number; facts: ReplayFacts }> {
  const { code, output } = await run(...args, '--json');
  const facts = JSON.parse(output) as ReplayFacts;
  expect(validate(facts), JSON.stringify(validate.errors)).toBe(true);
  return { code, facts };
}

test('a session goes through adapter, book and engine and comes out in the documented shape', async () => {
  const { code, facts } = await runJson(file('whole.ndjson.gz', gzipSync(session().join('\n'))));
  expect(code).toBe(0);
  expect(facts).toMatchObject({ venue: 'binance', lines: 22, badLines: 0, faults: [] });
  expect(facts.symbols['BTCUSDT']).toMatchObject({
    trades: {
      count: 10,
      sizeSum: '0.01',
      takerBuySizeSum: '0.005',
      priceTimesSizeSum: '600.001',
      firstId: '100',
      lastId: '109',
    },
    book: {
      state: 'in-sync',
      applied: 9,
      droppedStale: 1,
      final: {
        topBids: [
          ['60000', '10'],
          ['59999.9', '1'],
        ],
        crossed: false,
      },
    },
    engine: {
      ...{ inputs: ['trades', 'book'], scale: 'relative', basis: 'prior-only', rejections: {} },
      // Binance's table that ships with core.
      marginTable: { asOf: '2024-10-24', ageDays: 697, isOutdated: true },
    },
  });
  expect(
    facts.symbols['BTCUSDT']!.engine!.columns.find((of) => of.resolutionMs === 1_000)!.closed,
  ).toBeGreaterThanOrEqual(8);
});

test('plain and gzip recordings, as fast as possible and at a speed, say the same', async () => {
  const text = session().join('\n');
  const plain = await runJson(file('same.ndjson', text));
  expect((await run(join(folder, 'same.ndjson'))).output).toMatch(
    /margin table +of 2024-10-24, 697 days old: may be outdated/,
  );
  const zipped = await runJson(file('same.ndjson.gz', gzipSync(text)), '--speed', '1000');
  expect({ ...plain.facts, file: '' }).toEqual({ ...zipped.facts, file: '' });
});

test('the schema refuses what is not documented', () => {
  expect(validate({ schema: 'replay-facts/1', error: { code: 'x', field: 'y', message: 'z' }, more: 1 })).toBe(false);
  expect(validate({ schema: 'replay-facts/1' })).toBe(false);
});

describe('bad input is one plain sentence that names the field and the rule', () => {
  test.each([
    ['a file that is not there', () => join(folder, 'none.ndjson'), { code: 'no-file', field: 'FILE' }],
    ['a folder', () => folder, { code: 'no-file', field: 'FILE' }],
    ['a file that is not gzip', () => file('fake.ndjson.gz', 'text'), { code: 'not-gzip', field: 'FILE' }],
    ['an empty file', () => file('empty.ndjson', ''), { code: 'empty', field: 'FILE' }],
    [
      'an unknown venue',
      () => file('other.ndjson', line(0, 'open', { url: 'wss://example.com/' })),
      { code: 'unknown-venue', field: 'line 1, url' },
    ],
    ['text that is no recording', () => file('prose.ndjson', 'Dear reader,'), { code: 'bad-line', field: 'line 1' }],
  ])('%s', async (_, path, fault) => {
    const { code, facts } = await runJson(path());
    expect(code).toBe(1);
    expect(facts.error).toMatchObject(fault);
    const plain = await run(path());
    expect(plain.code).toBe(1);
    expect(plain.output).toBe(facts.error!.message);
    expect(plain.output).not.toContain('\n');
  });

  test.each([[['--speed', '0']], [['--speed', 'fast']], [['--fast']], [['second-file']]])(
    'arguments %j',
    async (args) => {
      const { code, facts } = await runJson(file('arguments.ndjson', session().join('\n')), ...args);
      expect(code).toBe(1);
      expect(facts.error).toMatchObject({ code: 'bad-argument' });
    },
  );
});

test('a broken line ends with exit code 1 and the facts of all other lines', async () => {
  const lines = session();
  const { code, facts } = await runJson(
    file('broken.ndjson', lines.toSpliced(5, 0, lines[5]!.slice(0, 60)).join('\n')),
  );
  expect(code).toBe(1);
  expect(facts.error).toMatchObject({ code: 'bad-line', field: 'line 6' });
  expect(facts.symbols['BTCUSDT']!.trades.count).toBe(10);
});

test('a gzip file that breaks off gives the facts up to there and says so', async () => {
  const whole = gzipSync(session().join('\n'), { level: 0 });
  const { code, facts } = await runJson(file('short.ndjson.gz', whole.subarray(0, Math.floor(whole.length * 0.6))));
  expect(code).toBe(1);
  expect(facts.error).toMatchObject({ code: 'broken-gzip', field: 'FILE' });
});

describe('--alerts', () => {
  const silent = () => {
    const lines = session();
    const quote = {
      e: 'aggTrade',
      E: START + 70_000,
      T: START + 70_000,
      s: 'BTCUSDT',
      a: 110,
      p: '60000.10',
      q: '0.001',
      m: true,
    };
    const late = line(70_000, 'in', { d: JSON.stringify({ stream: 'btcusdt@aggTrade', data: quote }) });
    return file('silent.ndjson', [...lines, late].join('\n'));
  };

  test('rules are judged second by second, and the same recording tells the same list', async () => {
    const rules = file('rules.json', JSON.stringify([{ kind: 'stale', id: 'no data', cooldownMs: 0 }]));
    const first = await runJson(silent(), '--alerts', rules);
    expect(first.code).toBe(0);
    // The book came last at 9 s, so that it is stale in the first whole second after 39 s.
    const [alert, ...others] = first.facts.symbols['BTCUSDT']!.engine!.alerts;
    expect(others).toEqual([]);
    expect(alert).toMatchObject({ ruleId: 'no data', kind: 'stale', seenTime: START + 40_000 });
    expect((await runJson(silent(), '--alerts', rules)).facts).toEqual(first.facts);
    expect((await runJson(silent())).facts.symbols['BTCUSDT']!.engine!.alerts).toEqual([]);
  });

  test.each([
    ['a file that is not there', '/nowhere/rules.json', '--alerts'],
    ['no JSON', () => file('rules.txt', 'approach'), '--alerts'],
    ['a rule that breaks one', () => file('bad.json', '[{"kind":"approach","distance":2}]'), 'alertRules[0].distance'],
  ])('%s is refused with what is wrong', async (_, path, field) => {
    const { code, facts } = await runJson(silent(), '--alerts', typeof path === 'string' ? path : path());
    expect(code).toBe(1);
    expect(facts.error).toMatchObject({ code: 'bad-argument', field });
  });
});

test('a recording without an address is read as that of the venue that is named, and of no other', async () => {
  const book = { s: 'BTCUSDT', b: [['60000.00', '1']], a: [['60000.10', '2']], u: 5, seq: 9 };
  const d = JSON.stringify({ topic: 'orderbook.200.BTCUSDT', type: 'snapshot', ts: 1_790_000_000_000, data: book });
  const path = file('bare.ndjson', JSON.stringify({ t: 1_790_000_000_001, k: 'in', d }));
  expect((await runJson(path)).facts.error).toMatchObject({ code: 'unknown-venue' });
  const { code, facts } = await runJson(path, '--venue', 'bybit');
  expect(code).toBe(0);
  expect(facts).toMatchObject({
    venue: 'bybit',
    symbols: { BTCUSDT: { book: { state: 'in-sync', finalUpdateId: 5 } } },
  });
  expect((await runJson(path, '--venue', 'bitmex')).facts.error).toMatchObject({
    code: 'bad-argument',
    field: '--venue',
  });
});

test('a truncated frame inside a good line is a fault among the facts, not an error of the file', async () => {
  const lines = session();
  const { code, facts } = await runJson(
    file('frame.ndjson', lines.toSpliced(5, 0, line(1_500, 'in', { d: '{"stream":"btcusdt@trade","da' })).join('\n')),
  );
  expect(code).toBe(0);
  expect(facts.faults).toMatchObject([{ code: 'not-json', field: 'frame' }]);
});

describe.each(['btcusdt-2024-08-08.ndjson.gz', 'multi-4-symbols-2021-07-22.ndjson.gz'])('recording %s', (name) => {
  const found = recordingPath(`venues/binance-usdm/${name}`);
  test.skipIf('skipReason' in found)(
    'skipReason' in found ? found.skipReason : 'the engine reads it whole and says what it had',
    async () => {
      if (!('path' in found)) return;
      const { code, facts } = await runJson(found.path);
      expect(code).toBe(0);
      for (const [symbol, of] of Object.entries(facts.symbols)) {
        expect(of.engine, symbol).toMatchObject({
          inputs: ['trades', 'book'],
          scale: 'relative',
          basis: 'prior-only',
          rejections: {},
        });
        expect(of.book!.state, symbol).toBe('in-sync');
      }
    },
  );
});
