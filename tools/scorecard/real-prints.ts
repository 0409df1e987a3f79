import { existsSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { ReplayFeed, venueAdapters } from '@liquidation-heatmap/feeds';
import {
  LEAST_CASES,
  notMeasured,
  PrintWalk,
  type PrintWalkSummary,
  type RankSummary,
} from '@liquidation-heatmap/core/score';
import { openRecording } from '../replay/open-recording.js';
import { readForceOrders } from './force-orders.js';
import { createModel } from './model-table.js';

/** Engines that are walked through recordings: the one readers see, and the same without learning. */
const WALKED = ['standard', 'prior-only'] as const;

/** One instrument of one recording, judged. */
export interface RecordedWalk {
  readonly file: string;
  readonly instrument: string;
  readonly model: string;
  readonly summary: PrintWalkSummary;
}

/** What real data say. Empty sections say why. */
export interface RealPrints {
  readonly folder: string;
  /** Files of forced orders without the market around them. */
  readonly files: readonly {
    readonly file: string;
    readonly prints: number;
    readonly badLines: number;
    readonly perSecond: number;
  }[];
  readonly walks: readonly RecordedWalk[];
  /** Why nothing could be judged; undefined when something was. */
  readonly emptyBecause: string | undefined;
}

/**
 * Looks through a folder of real data: recordings (`.ndjson`, `.ndjson.gz`) are walked hour by hour, forced orders alone are
 * counted, since no map can be built without prices and open interest of their time.
 */
export async function realPrints(path: string): Promise<RealPrints> {
  const folder = basename(path);
  if (!existsSync(path)) return { folder, files: [], walks: [], emptyBecause: `there is no folder ${path}` };
  const names = readdirSync(path).sort();
  const files = names
    .filter((name) => /forceorder.*\.csv(\.gz)?$/.test(name))
    .map((file) => countForceOrders(path, file));
  const walks: RecordedWalk[] = [];
  for (const file of names.filter((name) => /\.ndjson(\.gz)?$/.test(name)))
    walks.push(...(await walkRecording(path, file)));
  const judged = walks.reduce((sum, { summary }) => sum + summary.map.prints, 0);
  const prints = files.reduce((sum, one) => sum + one.prints, 0);
  return { folder, files, walks, emptyBecause: judged > 0 ? undefined : reasonOf(prints, walks) };
}

function reasonOf(prints: number, walks: readonly RecordedWalk[]): string {
  if (walks.length > 0) return 'no recording holds a whole hour with open interest and a print inside the swept band';
  if (prints === 0) return 'there are neither recordings nor forced orders in the folder';
  return `there are ${prints} forced orders, but no recording with prices and open interest of their time to build a map from`;
}

function countForceOrders(folder: string, file: string): RealPrints['files'][number] {
  const { orders, badLines } = readForceOrders(join(folder, file));
  const seconds = new Map<string, number>();
  for (const { symbol, time } of orders) {
    const key = `${symbol} ${Math.floor(time / 1_000)}`;
    seconds.set(key, (seconds.get(key) ?? 0) + 1);
  }
  return { file, prints: orders.length, badLines, perSecond: Math.max(0, ...seconds.values()) };
}

/** All engines on each instrument of a recording. */
async function walkRecording(folder: string, file: string): Promise<readonly RecordedWalk[]> {
  const feed = new ReplayFeed({ adapters: venueAdapters });
  const walks = new Map<string, { readonly model: string; readonly walk: PrintWalk }[]>();
  for await (const event of feed.events(await openRecording(join(folder, file)))) {
    if (event.kind === 'instrument' && !walks.has(event.instrument)) {
      const { symbol, venue } = event.spec;
      walks.set(
        event.instrument,
        WALKED.map((model) => ({ model, walk: new PrintWalk(createModel(model, [venue], symbol)) })),
      );
    }
    const isShared = event.kind === 'tick' || event.kind === 'status';
    const listeners = isShared ? [...walks.values()].flat() : (walks.get(event.instrument) ?? []);
    for (const { walk } of listeners) walk.apply(event);
  }
  return [...walks].flatMap(([instrument, of]) =>
    of.map(({ model, walk }) => ({ file, instrument, model, summary: walk.summary() })),
  );
}

/** The section as lines a person reads. */
export function printedRealPrints({ folder, files, walks, emptyBecause }: RealPrints): readonly string[] {
  return [
    `Real liquidations (folder ${folder})`,
    ...files.map(({ file, prints, badLines, perSecond }) => {
      const bad = badLines === 0 ? '' : `, ${badLines} lines left out`;
      return `  ${file}: ${prints} prints${bad}, at most ${perSecond} per symbol and second`;
    }),
    ...walks.flatMap(walkLines),
    ...(emptyBecause === undefined ? [] : [`  Nothing is judged: ${emptyBecause}.`]),
  ];
}

function walkLines({ file, instrument, model, summary }: RecordedWalk): readonly string[] {
  const { windows, map, mirrored, earlier, flow } = summary;
  const skill =
    flow.windows < LEAST_CASES || Number.isNaN(flow.devianceSkill)
      ? notMeasured(flow.windows)
      : flow.devianceSkill.toFixed(2);
  return [
    `  ${file}, ${instrument}, ${model}: ${windows} hours`,
    `    mean rank of printed bins  ${rankText(map)}; mirrored ${rankText(mirrored)}; an earlier day ${rankText(earlier)}`,
    `    skill in volume            ${skill}`,
  ];
}

function rankText({ prints, days, meanRank, t }: RankSummary): string {
  if (prints < LEAST_CASES) return notMeasured(prints);
  const certainty = Number.isFinite(t) ? `, t ${t.toFixed(1)}` : '';
  return `${meanRank.toFixed(3)} (n = ${prints}, ${days} days${certainty})`;
}
