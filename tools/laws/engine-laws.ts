import {
  columnOfTile,
  createEngine,
  createFrameStream,
  encodeMessage,
  restoreEngine,
  type Engine,
  type EngineOptions,
  type HeatmapFrame,
  type MarketEvent,
} from '@liquidation-heatmap/core';

/** Rounding that adding in another order may leave, as a share. */
const ROUNDING = 1e-9;
/** Bins a law about densities is checked on: 12 % either way of the price. */
const BINS = 48;
const REACH = 0.12;

/** A market to check the laws on, and where to cut it: index of the first event that is left out. */
export interface LawCase {
  readonly events: readonly MarketEvent[];
  readonly options: EngineOptions;
  readonly cut: number;
}

/**
 * The laws every estimate keeps, whatever market it is told: the same events give the same bytes; what comes later changes no closed
 * column; an engine that was saved and restored goes on as if it had not been; open interest is conserved; venues sum to the whole.
 * Returns the first that is broken, in words; undefined where all hold.
 */
export function brokenLaw({ events, options, cut }: LawCase): string | undefined {
  const whole = createEngine(options);
  let part: Engine | undefined;
  for (const [i, event] of events.entries()) {
    if (i === cut) part = checkpointOf(whole, options);
    whole.apply(event);
    part?.apply(event);
    const leak = event.kind === 'open-interest' || event.kind === 'bar' ? conservationLeak(whole) : undefined;
    if (leak !== undefined) return `open interest must be conserved: ${leak} at event ${i}`;
  }
  if (part === undefined) return 'the cut must lie within the events';
  if (!isSame(part.save(), whole.save())) return 'an engine restored in between must end with the same bytes';
  const again = playedTo(events, options, events.length);
  if (!isSame(again.save(), whole.save())) return 'the same events must give the same state';
  if (!isSame(snapshotOf(again), snapshotOf(whole))) return 'the same events must give the same frame';
  const repainted = repaintedColumn(playedTo(events, options, cut).frame(), whole.frame());
  if (repainted !== undefined) return `what comes later must not change a closed column: ${repainted}`;
  return venueGap(whole, options);
}

function checkpointOf(engine: Engine, options: EngineOptions): Engine {
  const restored = restoreEngine(engine.save(), options);
  if (!restored.ok) throw new Error(restored.fault.message);
  return restored.value;
}

function playedTo(events: readonly MarketEvent[], options: EngineOptions, end: number): Engine {
  const engine = createEngine(options);
  for (const event of events.slice(0, end)) engine.apply(event);
  return engine;
}

function snapshotOf(engine: Engine): Uint8Array {
  return encodeMessage(createFrameStream(engine).snapshot());
}

function isSame(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0;
}

function conservationLeak(engine: Engine): string | undefined {
  for (const { instrument, ...sides } of engine.totals()) {
    for (const side of ['long', 'short'] as const) {
      const { shown, outOfReach, outOfWindow, openInterest } = sides[side];
      const rounding = ROUNDING * Math.max(1, openInterest);
      const gap = Math.abs(shown + outOfReach + outOfWindow - openInterest);
      if (!(gap <= rounding)) return `${instrument} ${side}s differ by ${gap}`;
      if (!(Math.min(shown, outOfReach, outOfWindow) >= -rounding))
        return `${instrument} ${side}s have a negative part`;
    }
  }
  return undefined;
}

/** The first closed column of `earlier` that stands otherwise in `later`. */
function repaintedColumn(earlier: HeatmapFrame, later: HeatmapFrame): string | undefined {
  const columns = new Map(columnsOf(later));
  // Columns that were dropped since are not there to compare.
  for (const [key, content] of columnsOf(earlier)) if ((columns.get(key) ?? content) !== content) return key;
  return undefined;
}

function columnsOf({ tiles }: HeatmapFrame): readonly (readonly [key: string, content: string])[] {
  return tiles.flatMap((tile) =>
    tile.heads.flatMap((head, i) => {
      if (head.isOpen) return [];
      const { long, short, spread, age, ...scale } = columnOfTile(tile, i);
      const planes = [long, short, spread, age].map((plane) => Buffer.from(plane).toString('base64'));
      return [[`${tile.resolutionMs} ms to ${head.endTime}`, JSON.stringify([scale, planes])] as const];
    }),
  );
}

function venueGap(engine: Engine, { venues }: EngineOptions): string | undefined {
  const price = engine.referencePrice();
  if (!(price > 0)) return undefined;
  const edges = Float64Array.from({ length: BINS + 1 }, (_, i) => price * (1 - REACH + (2 * REACH * i) / BINS));
  const whole = engine.density({ edges, unit: 'usd' });
  const parts = venues.map((venue) => engine.density({ edges, unit: 'usd', venue }));
  for (const side of ['long', 'short'] as const) {
    for (let i = 0; i < BINS; i++) {
      const sum = parts.reduce((total, part) => total + part[side][i]!, 0);
      const most = Math.max(1, whole[side][i]!);
      if (Math.abs(sum - whole[side][i]!) > ROUNDING * most) return `venues must sum to the whole: ${side} bin ${i}`;
    }
  }
  return undefined;
}
