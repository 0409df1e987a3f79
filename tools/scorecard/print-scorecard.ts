import type { WorldsComparison } from '@liquidation-heatmap/core/score';
import type { Scorecard } from './make-scorecard.js';
import { ENGINE_NAMES } from './model-table.js';
import { printedRealPrints } from './real-prints.js';
import type { FeedSummary, ModelSummary, Spread } from './summarize.js';

type Row = readonly string[];

/** The scorecard as lines a person reads. */
export function printedScorecard(card: Scorecard): string {
  const { version, request, feeds, real } = card;
  return [
    `Simulated markets, ${request.days} days each: ${request.worlds.join(', ')}; seeds ${request.seeds[0]} to ${request.seeds.at(-1)}.`,
    `Estimate ${version.model}, parameters ${version.paramsHash}, sources ${version.sources}. What this is no evidence for: docs/scorecard.md.`,
    ...Object.entries(feeds).flatMap(([name, feed]) => ['', ...feedLines(name, feed)]),
    '',
    ...printedRealPrints(real),
  ].join('\n');
}

function feedLines(name: string, feed: FeedSummary): readonly string[] {
  const models = Object.entries(feed.models);
  return [
    `Feed ${name}: ${feed.markets} markets, ${feed.snapshots} snapshots, mean+-sd over markets`,
    ...table([SNAPSHOT_HEAD, ...models.map(([model, of]) => snapshotRow(model, of))]),
    '',
    'Shape near the price, flow by 4 h windows, bands, accounts, cost',
    ...table([FLOW_HEAD, ...models.map(([model, of]) => flowRow(model, of))]),
    ...worldLines(feed),
    ...Object.entries(feed.comparisons).flatMap(([engine, of]) => [
      '',
      `${engine} against the best baseline of each world (EMD: share of its error that is gone; Spearman: difference)`,
      ...table([
        COMPARE_HEAD,
        ...compareRows('emd', of.emd),
        ...compareRows('emdSide', of.emdSide),
        ...compareRows('spearman', of.spearman),
      ]),
    ]),
    ...shiftLines(feed),
  ];
}

const SNAPSHOT_HEAD: Row = [
  'model',
  'EMD %',
  'in sides',
  'Spearman',
  'hit@10',
  'capture',
  'overlap',
  'log mass',
  'share err',
  'precision',
  'recall',
];

function snapshotRow(model: string, { metrics }: ModelSummary): Row {
  const { emd, emdSide, spearman, hit, capture, overlap, logMass, longShareError } = metrics;
  const { clusterPrecision, clusterRecall } = metrics;
  const shown = [
    emd,
    emdSide,
    spearman,
    hit,
    capture,
    overlap,
    logMass,
    longShareError,
    clusterPrecision,
    clusterRecall,
  ];
  return [model, ...shown.map(spread)];
}

const FLOW_HEAD: Row = [
  'model',
  'EMD <5 %',
  'Spearman <5 %',
  'Pearson <5 %',
  'pred/real',
  'log err',
  'skill',
  'PIT',
  'band near',
  'band far',
  'accounts',
  'ms/bar',
];

function flowRow(model: string, of: ModelSummary): Row {
  const { emdNear, spearmanNear, pearsonNear } = of.metrics;
  return [
    model,
    ...[emdNear, spearmanNear, pearsonNear].map(spread),
    plain(of.flowRatioMedian),
    ...[of.flowLogError, of.flowSkill, of.pitDistance].map(spread),
    plain(of.coverageNear),
    plain(of.coverageFar),
    of.conservationError === null ? '-' : of.conservationError.toExponential(0),
    of.msPerBar.toFixed(3),
  ];
}

const WORLD_HEAD: Row = [
  'engine',
  'world',
  'EMD %',
  'in sides',
  'Spearman',
  'hit@10',
  'log mass',
  'share err',
  'pred/real',
  'band near',
  'band far',
];

function worldLines({ worlds }: FeedSummary): readonly string[] {
  const rows = Object.entries(worlds).flatMap(([world, engines]) =>
    Object.entries(engines).map(([engine, of]) => {
      const { emd, emdSide, spearman, hit, logMass, longShareError } = of.metrics;
      const shown = [emd, emdSide, spearman, hit, logMass, longShareError].map(spread);
      return [engine, world, ...shown, plain(of.flowRatioMedian), plain(of.coverageNear), plain(of.coverageFar)];
    }),
  );
  return ['', 'Engines world by world', ...table([WORLD_HEAD, ...rows])];
}

const COMPARE_HEAD: Row = ['', 'world', 'baseline', 'n', 'gain', 'wins', '95 %', 'p (Holm)'];

function compareRows(metric: string, { worlds, mean, worst }: WorldsComparison): readonly Row[] {
  const rows = worlds.map((of) => [
    metric,
    of.world,
    of.baseline,
    String(of.n),
    `${of.mean.toFixed(2)}+-${of.sd.toFixed(2)}`,
    `${of.wins}/${of.n}`,
    `${of.low.toFixed(2)} to ${of.high.toFixed(2)}`,
    of.adjustedP.toFixed(3),
  ]);
  const summary =
    worst === undefined
      ? []
      : [[metric, 'all worlds', '', '', mean.toFixed(2), '', `worst ${worst.world} ${worst.mean.toFixed(2)}`, '']];
  return [...rows, ...summary];
}

function shiftLines(feed: FeedSummary): readonly string[] {
  const rows = ENGINE_NAMES.flatMap((engine) =>
    Object.entries(feed.models[engine]?.clusterShift ?? {}).map(([what, shift]) => [engine, what, spread(shift)]),
  );
  if (rows.length === 0) return [];
  return [
    '',
    'How far the five brightest clusters move, percent of the price',
    ...table([['model', 'feed', 'way'], ...rows]),
  ];
}

function spread({ mean, sd }: Spread): string {
  if (mean === null) return '-';
  return sd === null ? mean.toFixed(2) : `${mean.toFixed(2)}+-${sd.toFixed(2)}`;
}

function plain(value: number | null): string {
  return value === null ? '-' : value.toFixed(2);
}

function table(rows: readonly Row[]): readonly string[] {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  return rows.map(
    (row) =>
      `  ${row
        .map((cell, column) => cell.padEnd(widths[column]!))
        .join('  ')
        .trimEnd()}`,
  );
}
