import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Scorecard } from './make-scorecard.js';
import type { MarketResult } from './market-result.js';
import { scorecardCommand } from './scorecard-command.js';

const SMALL = ['--days', '0.25', '--models', 'standard,standard-mirrored,uniform,heat-both'];

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'scorecard-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

async function run(state: string, ...args: string[]) {
  const [printed, told]: [string[], string[]] = [[], []];
  const code = await scorecardCommand(args, {
    print: (text) => printed.push(text),
    tell: (text) => told.push(text),
    statePath: join(folder, state),
    realDir: join(folder, 'real'),
    evidencePath: join(folder, `${state}.evidence.json`),
  });
  return { code, printed: printed.join('\n'), told: told.join('\n') };
}

const cardOf = (printed: string) => JSON.parse(printed) as Scorecard;

/** Everything but how long it took. */
function untimed(markets: readonly MarketResult[]) {
  return markets.map((market) => ({
    ...market,
    models: Object.fromEntries(Object.entries(market.models).map(([name, of]) => [name, { ...of, msPerBar: 0 }])),
  }));
}

test('S25: figures from simulated markets are called so, each engine stands beside the best baseline of each world', async () => {
  const { code, printed } = await run('first.jsonl', '--seeds', '1-2', '--jobs', '1', '--json', '--write', ...SMALL);
  expect(code).toBe(0);
  const card = cardOf(printed);
  expect(card).toMatchObject({ schema: 'scorecard/1', origin: 'simulated' });
  const feed = card.feeds['complete']!;
  expect(feed).toMatchObject({ markets: 2, snapshots: 60 });
  const { emd } = feed.models['standard']!.metrics;
  expect(emd).toMatchObject({ n: 2 });
  expect(emd.mean).toBeGreaterThan(0);
  expect(feed.models['standard']!.conservationError).toBeLessThan(1e-9);
  expect(feed.models['uniform']!.conservationError).toBeNull();
  const [world] = feed.comparisons['standard']!.emd.worlds;
  expect(world).toMatchObject({ world: 'momentum', n: 2 });
  expect(['uniform', 'heat-both']).toContain(world!.baseline);
  // Each world stands on its own beside the mean over all.
  expect(feed.worlds['momentum']!['standard']!.metrics.emd).toEqual(emd);
  expect(Object.keys(feed.worlds['momentum']!)).toEqual(['standard']);
  const { markets, ...sums } = card;
  expect(markets).toHaveLength(2);
  expect(JSON.parse(readFileSync(join(folder, 'first.jsonl.evidence.json'), 'utf8'))).toEqual(sums);
});

test('the mirrored map knows less of places than the map itself', async () => {
  // Two days, so that what stands was mostly opened where both could see it.
  const args = ['--days', '2', '--models', 'standard,standard-mirrored', '--jobs', '1', '--json'];
  const { models } = cardOf((await run('mirror.jsonl', '--seeds', '1-2', ...args)).printed).feeds['complete']!;
  const of = (name: string, metric: 'spearman' | 'capture' | 'emdSide') => models[name]!.metrics[metric].mean;
  for (const metric of ['spearman', 'capture'] as const) {
    expect(of('standard-mirrored', metric), metric).toBeLessThan(of('standard', metric) ?? Number.NaN);
  }
  expect(of('standard-mirrored', 'emdSide')).toBeGreaterThan(of('standard', 'emdSide') ?? Number.NaN);
});

test('finished markets are not run again, and a line that was broken off is', async () => {
  const args = ['--seeds', '1-2', '--jobs', '1', '--json', ...SMALL];
  await run('again.jsonl', '--seeds', '1', ...args.slice(2));
  appendFileSync(join(folder, 'again.jsonl'), '\n{"key":"broken o');
  const { told, printed } = await run('again.jsonl', ...args);
  expect(told).toContain('1 of 2 markets are known already.');
  expect(told).toContain('2/2 momentum, complete, seed 2');
  const whole = await run('again.jsonl', ...args);
  expect(whole.told).toBe('2 of 2 markets are known already.');
  expect(whole.printed).toBe(printed);
});

test('worker processes find what one process finds', async () => {
  const alone = cardOf((await run('first.jsonl', '--seeds', '1-2', '--jobs', '1', '--json', ...SMALL)).printed);
  const shared = cardOf((await run('shared.jsonl', '--seeds', '1-2', '--jobs', '2', '--json', ...SMALL)).printed);
  expect(untimed(shared.markets)).toEqual(untimed(alone.markets));
});

test('without --json the same is a table, and without --write nothing is kept', async () => {
  const { printed } = await run('table.jsonl', '--seeds', '1', '--jobs', '1', '--robust', ...SMALL);
  expect(printed).toContain('Simulated markets, 0.25 days each: momentum; seeds 1 to 1.');
  expect(printed).toMatch(/^ {2}standard +\d\.\d\d/m);
  expect(printed).toContain('standard against the best baseline of each world');
  expect(printed).toMatch(/standard +open interest \+-1 % +\d/);
  expect(printed).toContain('Nothing is judged: there is no folder');
  expect(existsSync(join(folder, 'table.jsonl.evidence.json'))).toBe(false);
});

describe('bad input is one plain sentence that names the field and the rule', () => {
  test.each([
    [[], '--seeds', 'must name the seeds'],
    [['--seeds', '5-3'], '--seeds', 'rising range'],
    [['--seeds', 'all'], '--seeds', 'rising range'],
    [['--seeds', '1', '--worlds', 'mars'], '--worlds', 'was "mars"'],
    [['--seeds', '1', '--feeds', 'complete,some'], '--feeds', 'was "some"'],
    [['--seeds', '1', '--days', '0'], '--days', 'above 0'],
    [['--seeds', '1', '--days', 'ten'], '--days', 'above 0'],
    [['--seeds', '1', '--models', 'oracle'], '--models', 'was "oracle"'],
    [['--seeds', '1', '--models', 'oracle-mirrored'], '--models', 'was "oracle-mirrored"'],
    [['--seeds', '1', '--jobs', '0.5'], '--jobs', 'whole number'],
    [['--seeds', '1', '--fast'], 'arguments', 'Usage'],
    [['1-2'], 'arguments', 'Usage'],
  ])('arguments %j', async (args, field, rule) => {
    const json = await run('never.jsonl', ...args, '--json');
    expect(json.code).toBe(1);
    const { error } = JSON.parse(json.printed) as { error: { code: string; field: string; message: string } };
    expect(error).toMatchObject({ code: 'bad-argument', field });
    expect(error.message).toContain(rule);
    const plain = await run('never.jsonl', ...args);
    expect(plain).toMatchObject({ code: 1, printed: '', told: error.message });
    expect(plain.told).not.toContain('\n');
    expect(existsSync(join(folder, 'never.jsonl'))).toBe(false);
  });

  test('the short name of the usual throttle is understood', async () => {
    writeFileSync(join(folder, 'throttle.jsonl'), '');
    const args = ['--seeds', '1', '--jobs', '1', '--json', '--days', '0.1', '--models', 'uniform'];
    const { printed } = await run('throttle.jsonl', ...args, '--feeds', 'throttled,none');
    expect(Object.keys(cardOf(printed).feeds)).toEqual(['throttled-largest', 'none']);
  });
});
