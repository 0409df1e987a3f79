import type { Condition, TableAge } from '@liquidation-heatmap/core';
import type { ReplayFacts } from './replay-recording.js';

/** The facts as lines a person reads. */
export function printedFacts(facts: ReplayFacts): string {
  const seconds = ((facts.durationMs ?? 0) / 1_000).toFixed(1);
  const start = facts.firstReceiveMs === null ? '' : `, from ${new Date(facts.firstReceiveMs).toISOString()}`;
  return [
    `${facts.file}: ${facts.venue ?? 'unknown venue'}, ${facts.lines} lines, ${seconds} s${start}`,
    `  read      ${counts(facts.records)}`,
    `  left out  ${counts(facts.drops)}`,
    ...facts.faults.slice(0, 10).map((fault) => `  fault     ${fault.message}`),
    ...Object.entries(facts.symbols).flatMap(([symbol, of]) => symbolLines(symbol, of)),
  ].join('\n');
}

function symbolLines(
  symbol: string,
  { instrument, trades, book, liquidations, gaps, engine }: ReplayFacts['symbols'][string],
): readonly string[] {
  const final = book?.final ?? null;
  return [
    `${symbol} (${instrument.kind}, tick size ${instrument.tickSize}, size step ${instrument.sizeStep})`,
    `  trades        ${trades.count}, size ${trades.sizeSum} (takers bought ${trades.takerBuySizeSum}, sold ${trades.takerSellSizeSum}), ids ${trades.firstId ?? '-'} to ${trades.lastId ?? '-'}`,
    book === null
      ? '  book          none'
      : `  book          ${book.state}, ${book.applied} updates applied, ${book.droppedStale} stale, ${book.gaps} gaps, update id ${book.finalUpdateId ?? '-'}`,
    ...(final === null
      ? []
      : [
          `                best bid ${level(final.bestBid)}, best ask ${level(final.bestAsk)}; ${final.bidLevels} bids of ${final.bidSizeSum}, ${final.askLevels} asks of ${final.askSizeSum}`,
        ]),
    `  liquidations  ${liquidations.count} (longs ${liquidations.longSizeSum}, shorts ${liquidations.shortSizeSum})`,
    ...gaps.map(
      (gap) => `  gap           ${gap.channel}, ${((gap.to - gap.from) / 1_000).toFixed(1)} s: ${gap.reason}`,
    ),
    ...(engine === null
      ? []
      : [
          `  estimate      ${engine.scale}, ${engine.basis}, from ${engine.inputs.join(', ') || 'nothing'}; columns ${engine.columns.map((of) => `${of.closed} of ${of.resolutionMs / 1_000} s`).join(', ')}`,
          `  margin table  ${tableWords(engine.marginTable)}`,
          ...engine.setups.map(
            ({ kind, side, verdict, conditions }) =>
              `  setup         ${kind}, ${side}s: ${verdict}; ${open(conditions)}`,
          ),
          ...engine.alerts.map(
            ({ ruleId, seenTime }) => `  alert         ${new Date(seenTime).toISOString()} ${ruleId}`,
          ),
          `  refused       ${counts(engine.rejections)}`,
        ]),
  ];
}

function tableWords(table: TableAge | null): string {
  if (table === null) return 'none known';
  const { asOf, ageDays, isOutdated } = table;
  if (ageDays < 0) return `of ${asOf}, later than the recording`;
  return `of ${asOf}, ${ageDays} days old${isOutdated ? ': may be outdated' : ''}`;
}

/** Conditions that do not pass, with what they were judged by. */
function open(conditions: readonly Condition[]): string {
  const left = conditions.filter(({ verdict }) => verdict !== 'pass');
  const named = left.map(
    ({ name, value, relation, threshold }) => `${name} ${value ?? 'unknown'} (asked: ${relation} ${threshold})`,
  );
  return named.length === 0 ? 'every condition passes' : named.join('; ');
}

function level(of: readonly [string, string] | null): string {
  return of === null ? '-' : `${of[0]} x ${of[1]}`;
}

function counts(of: Readonly<Record<string, number>>): string {
  const entries = Object.entries(of);
  return entries.length === 0 ? 'nothing' : entries.map(([name, count]) => `${name} ${count}`).join(', ');
}
