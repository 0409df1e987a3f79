import {
  createFrameStream,
  runEngine,
  type Cluster,
  type DurationMs,
  type FrameFacts,
  type FrameSink,
  type HeatmapSource,
  type SnapshotMessage,
  type SourceStatus,
  type UnixMs,
} from '@liquidation-heatmap/core';
import { simulatedEvents } from '@liquidation-heatmap/simulator';

/** What the source of a story says about itself; the rest is filled in. */
export type StoryStatus = Pick<SourceStatus, 'state' | 'origin'> & Partial<SourceStatus>;

/** Where the history ends and the present begins. Every story shows this one seed and moment, so it looks alike on every run. */
const PRESENT = Date.UTC(2024, 7, 8, 12) as UnixMs;
/** A day that is seen and three before it, so that the positions standing at its start have entries of their own. */
const HISTORY_MS = 96 * 3_600_000;
/** Long enough for a present with a last price and a mark. */
const LIVE_MS = 10_000;
const COLUMN_MS = 300_000 as DurationMs;

/** What the page's clock says in every story. */
export const STORY_TIME = (PRESENT + LIVE_MS) as UnixMs;

let simulation: Promise<SnapshotMessage> | undefined;

/** The whole simulated market as one message, made once a page. */
export function storySnapshot(): Promise<SnapshotMessage> {
  return (simulation ??= simulate());
}

async function simulate(): Promise<SnapshotMessage> {
  const events = simulatedEvents(
    { seed: 'story', symbol: 'BTCUSDT', startTime: PRESENT },
    { historyMs: HISTORY_MS, liveMs: LIVE_MS },
  );
  const options = { symbol: 'BTCUSDT', venues: ['simulated' as const], resolutions: [COLUMN_MS], columnsKept: 400 };
  return createFrameStream(await runEngine(events, options, { aborted: false })).snapshot();
}

/** Facts that a story changes, or how they follow from the market's. */
type StoryFacts = Partial<FrameFacts> | ((snapshot: SnapshotMessage) => Partial<FrameFacts>);

/** A source that gives the simulated market, its facts changed as asked, and then stands at `status`. */
export function held(status: Partial<StoryStatus> = {}, facts: StoryFacts = {}): HeatmapSource {
  return {
    async open(_request, sink) {
      const snapshot = await storySnapshot();
      const changed = typeof facts === 'function' ? facts(snapshot) : facts;
      sink({ ...snapshot, facts: { ...snapshot.facts, ...changed } });
      tell(sink, { state: 'live', origin: 'simulated', dataTime: STORY_TIME, ...status }, snapshot);
    },
  };
}

/** A cluster of each kind around the market's price: a wide one and an uncertain one above, two close ones below. */
export function storyClusters({ now, facts }: SnapshotMessage): Partial<FrameFacts> {
  const mark = now?.mark ?? 0;
  const cluster = (id: string, side: 'long' | 'short', at: number, more: Partial<Cluster>): Cluster =>
    ({
      ...{ id, side, low: mark * (at - 0.0015), high: mark * (at + 0.0015), peak: mark * at },
      ...{
        quartileLow: mark * at,
        quartileHigh: mark * at,
        energy: { p10: 18e6, p50: 41e6, p90: 76e6 },
        peakEnergy: 41e6,
      },
      ...{ prominence: 1.6, isUncertain: false, bornAt: STORY_TIME - 6 * 3_600_000 },
      ...{ meanAgeMs: 5.2 * 3_600_000, oldestAgeMs: 31 * 3_600_000, venues: [], classes: [] },
      ledger: { born: 41e6, opened: 0, swept: 0, printed: 0, closed: 0, faded: 0 },
      ...more,
    }) as Cluster;
  return {
    basis: 'learned',
    clusters: [
      cluster('below', 'long', 0.974, {}),
      cluster('near', 'long', 0.978, { energy: { p10: 3.1e6, p50: 8e6, p90: 21e6 } as Cluster['energy'] }),
      cluster('above', 'short', 1.021, {
        isUncertain: true,
        energy: { p10: 0.4e6, p50: 9e6, p90: 44e6 } as Cluster['energy'],
      }),
      cluster('wide', 'short', 1.027, { low: (mark * 1.024) as never, high: (mark * 1.03) as never }),
    ],
    seenTime: facts.seenTime,
  };
}

/** A source that is connected and has built nothing yet. */
export function barely(): HeatmapSource {
  return {
    async open(_request, sink) {
      const snapshot = await storySnapshot();
      sink({ ...snapshot, tiles: [], now: undefined });
      tell(sink, { state: 'live', origin: 'simulated', dataTime: STORY_TIME }, snapshot);
    },
  };
}

/** A source without a picture; counts how often it was opened. */
export function bare(status: StoryStatus): HeatmapSource & { readonly opened: number } {
  let opened = 0;
  return {
    get opened() {
      return opened;
    },
    open(_request, sink) {
      opened++;
      tell(sink, status);
      return Promise.resolve();
    },
  };
}

/** Says how the source stands; after a snapshot as the next message of its stream. */
function tell(sink: FrameSink, status: StoryStatus, after?: SnapshotMessage): void {
  sink({
    kind: 'status',
    symbolIndex: 0,
    sequence: (after?.sequence ?? -1) + 1,
    epoch: after?.epoch ?? 0,
    time: STORY_TIME,
    status: { detail: '', dataTime: undefined, venues: [], ...status },
  });
}
