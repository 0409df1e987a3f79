import { expect, test } from 'vitest';
import { bracketsOn, createEngine, restoreEngine, type BracketTable, type MarketEvent } from '../src/index.js';
import { eventsOf, firstDifference, instrumentOf, START, withTicks } from './market.js';

const OPTIONS = { symbol: 'BTCUSDT', venues: ['bybit'], resolutions: [1_000] } as never;
const venue = eventsOf(instrumentOf('bybit'));
/** The table of a venue with 40x at most, as this venue's own. */
const table: BracketTable = { ...bracketsOn('hyperliquid', 'BTC', '2026-11-01')!.table, venue: 'bybit' };
const published = (ms: number, of: BracketTable): MarketEvent => ({
  kind: 'brackets',
  instrument: 'bybit:BTCUSDT',
  eventTime: (START + ms) as never,
  seenTime: (START + ms) as never,
  table: of,
});
const live = withTicks(
  Array.from({ length: 20 }, (_, s) => [
    venue.mark(s * 1_000 + 100, 60_000),
    venue.trade(s * 1_000 + 200, 60_000, 5),
    venue.openInterest(s * 1_000 + 400, 1_000 + s * 20),
  ]).flat(),
  20,
);
const run = (...before: readonly MarketEvent[]) => {
  const engine = createEngine(OPTIONS);
  for (const event of [venue.listed(), ...before, ...live]) expect(engine.apply(event)).toBeUndefined();
  return engine;
};
/** Longs between two prices. */
const longs = (engine: ReturnType<typeof run>, low: number, high: number) =>
  engine.density({ edges: Float64Array.of(low, high), unit: 'usd' }).long[0]!;

/** Stock of an unknown past stands there too, entered at other prices. */
test('a venue whose highest leverage is lower shows less near the price, where no position can be', () => {
  const [known, other] = [run(published(0, table)), run()];
  // 1 / 40 - 1.25 % leaves a fall of 1.27 %.
  expect(longs(known, 59_500, 59_950)).toBeLessThan(0.65 * longs(other, 59_500, 59_950));
  expect(longs(known, 59_220, 59_300)).toBeGreaterThan(1.2 * longs(other, 59_220, 59_300));
});

test('brackets that come later move what stands', () => {
  const engine = run();
  const before = longs(engine, 59_500, 59_950);
  expect(engine.apply(published(21_000, table))).toBeUndefined();
  expect(longs(engine, 59_500, 59_950)).toBeLessThan(0.65 * before);
});

test('a checkpoint goes on with the brackets it knew', () => {
  const whole = run(published(0, table));
  const half = createEngine(OPTIONS);
  const events = [venue.listed(), published(0, table), ...live];
  for (const event of events.slice(0, 30)) half.apply(event);
  const restored = restoreEngine(half.save(), OPTIONS);
  if (!restored.ok) throw new Error(restored.fault.message);
  for (const event of events.slice(30)) restored.value.apply(event);
  expect(firstDifference(restored.value.save(), whole.save())).toBeUndefined();
});

test('S66: the facts tell the day of the table in use, and one of more than 90 days ago is outdated', () => {
  const tableOf = (engine: ReturnType<typeof run>) => engine.facts().marginTables;
  const shipped = { instrument: 'bybit:BTCUSDT', table: { asOf: '2023-10-19', ageDays: 291, isOutdated: true } };
  expect(tableOf(run())).toEqual([shipped]);
  // The same numbers read today are young.
  const told = (asOf: string) => run(published(0, { ...table, asOf }));
  const dayOf = (daysAgo: number) => new Date(START - daysAgo * 86_400_000).toISOString().slice(0, 10);
  expect(tableOf(told(dayOf(90)))![0]!.table).toEqual({ asOf: dayOf(90), ageDays: 90, isOutdated: false });
  expect(tableOf(told(dayOf(91)))![0]!.table).toEqual({ asOf: dayOf(91), ageDays: 91, isOutdated: true });
});

test('S66: a table with the numbers that are known already is still one of its own day', () => {
  const engine = run(published(0, { ...table, asOf: '2024-01-01' }));
  expect(engine.apply(published(21_000, { ...table, asOf: '2026-01-01' }))).toBeUndefined();
  expect(engine.facts().marginTables![0]!.table?.asOf).toBe('2026-01-01');
  const restored = restoreEngine(engine.save(), OPTIONS);
  expect(restored.ok && restored.value.facts().marginTables).toEqual(engine.facts().marginTables);
});

test('S66: where no table is known the facts name none', () => {
  const okx = eventsOf(instrumentOf('okx'));
  const engine = createEngine({ symbol: 'BTCUSDT', venues: ['okx'], resolutions: [1_000] } as never);
  expect(engine.apply(okx.listed())).toBeUndefined();
  expect(engine.facts().marginTables).toEqual([{ instrument: engine.facts().instruments[0] }]);
});

test.each([
  [
    'a hole',
    { ...table, brackets: [table.brackets[0]!, { ...table.brackets[1]!, floor: 2e8 }] },
    'brackets.table.brackets[1].floor',
  ],
  ['no row', { ...table, brackets: [] }, 'brackets.table.brackets'],
  ['another venue', { ...table, venue: 'okx' as const }, 'brackets.table.venue'],
])('a table with %s is refused by field and rule, and changes nothing', (_, broken, field) => {
  const engine = run(published(0, table));
  const before = engine.density({ edges: Float64Array.of(57_000, 59_000, 59_950), unit: 'usd' });
  const fault = engine.apply(published(21_000, broken as BracketTable));
  expect(fault?.field).toBe(field);
  expect(fault?.message).toMatch(/must/);
  expect(engine.density({ edges: Float64Array.of(57_000, 59_000, 59_950), unit: 'usd' })).toEqual(before);
  expect(engine.facts().rejections).toEqual({ 'bad-value': 1 });
});
