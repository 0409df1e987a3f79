import { expect, test } from 'vitest';
import {
  createEngine,
  createFrameStream,
  decodeMessage,
  encodeMessage,
  FrameStore,
  type MarketEvent,
  type UnixMs,
} from '../src/index.js';
import { build, marks, opening, TIERED } from './cluster-market.js';
import { eventsOf, instrumentOf, START, withTicks } from './market.js';

const venue = eventsOf(instrumentOf('binance'));

function market(seconds: number): readonly MarketEvent[] {
  const trades = Array.from({ length: seconds * 2 }, (_, i) =>
    venue.trade(i * 500 + 100, 60_000 * (1 + Math.sin(i / 9) / 100), 10),
  );
  const reports = Array.from({ length: seconds / 10 }, (_, i) => venue.openInterest(i * 10_000 + 50, 10_000 + i * 50));
  return withTicks([venue.listed(), ...trades, ...reports], seconds);
}

test('an engine that has seen nothing gives a snapshot that survives the wire', () => {
  const engine = createEngine({ symbol: 'BTCUSDT', venues: ['binance'] });
  const decoded = decodeMessage(encodeMessage(createFrameStream(engine).snapshot()));
  expect(decoded.ok).toBe(true);
});

test('a store fed by the stream over the wire holds the engine’s frame at every moment', () => {
  const engine = createEngine({ symbol: 'BTCUSDT', venues: ['binance'], resolutions: [1_000, 5_000] as never });
  const stream = createFrameStream(engine);
  const store = new FrameStore();
  const send = (message: Parameters<typeof encodeMessage>[0]) => {
    const decoded = decodeMessage(encodeMessage(message));
    if (!decoded.ok) throw new Error(decoded.fault.message);
    const change = store.apply(decoded.value);
    expect(change.kind).not.toBe('ignored');
  };
  send(stream.snapshot());
  let ticks = 0;
  for (const event of market(150)) {
    engine.apply(event);
    if (event.kind !== 'tick' || ++ticks % 7 !== 0) continue;
    for (const message of stream.drain()) send(message);
    const frame = engine.frame();
    const heads = (tiles: typeof frame.tiles) => tiles.flatMap((tile) => tile.heads);
    expect(heads(store.frame()!.tiles)).toEqual(heads(frame.tiles));
    expect(columns(store.frame()!.tiles)).toEqual(columns(frame.tiles));
    expect(store.now).toEqual(frame.now);
  }
  expect(store.tiles(1_000).flatMap((tile) => tile.heads).length).toBeGreaterThan(140);
});

/** Checksum of each column with its window and scale; tiles may be cut differently. */
function columns(tiles: ReturnType<FrameStore['tiles']>) {
  return tiles.flatMap((tile) =>
    tile.heads.map((_, i) => {
      const cells = tile.cells.subarray(i * 2_560, (i + 1) * 2_560);
      return [tile.originRow, tile.floor, cells.reduce((hash, byte) => (Math.imul(hash, 31) + byte) | 0, 7)];
    }),
  );
}

test('a column begun before any price gets its window with the first one, and travels over the wire', () => {
  const engine = createEngine({ symbol: 'BTCUSDT', venues: ['binance'], resolutions: [900_000] as never });
  const stream = createFrameStream(engine);
  const events = withTicks([venue.listed(), ...[4, 5, 6].map((s) => venue.trade(s * 1_000 + 1, 60_000, 10))], 9);
  for (const event of events) {
    engine.apply(event);
    const decoded = decodeMessage(encodeMessage(stream.snapshot()));
    if (!decoded.ok) throw new Error(decoded.fault.message);
  }
  const [tile] = engine.frame().tiles;
  expect(tile!.originRow).toBeGreaterThan(0);
  expect(tile!.cells.some((code) => code > 0)).toBe(true);
});

test('facts with clusters travel when something happened, and of amounts at most every 5 s', () => {
  const engine = createEngine(TIERED);
  const stream = createFrameStream(engine);
  stream.snapshot();
  const events = [...opening(), ...build(), ...marks(0, 200, (s) => (s < 120 ? 60_000 : 60_000 - (s - 120) * 15))];
  const sent: number[] = [];
  for (const event of withTicks(events, 200)) {
    engine.apply(event);
    if (event.kind !== 'tick') continue;
    for (const message of stream.drain()) {
      if (message.kind !== 'facts') continue;
      sent.push((event.seenTime - START) / 1_000);
      expect(message.facts).toEqual(engine.facts());
      expect(encodeMessage(message).length).toBeLessThan(24_000);
    }
  }
  const changes = engine.clusterChanges(0 as UnixMs).map(({ seenTime }) => (seenTime - START) / 1_000);
  expect(changes.length).toBeGreaterThan(20);
  for (const second of new Set(changes)) expect(sent).toContain(second);
  // From 60 s to 120 s nothing happens: amounts only fade, and what is told is told every 10 s.
  expect(sent.filter((second) => second > 70 && second <= 120).length).toBeLessThanOrEqual(6);
});
