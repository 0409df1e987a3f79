import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import type { MarketEvent } from '@liquidation-heatmap/core';
import { ReplayFactsSum, type RecordingFacts } from '../src/recording/replay-facts.js';
import { ReplayFeed } from '../src/recording/replay-feed.js';
import { bybit } from '../src/venues/bybit/index.js';
import { pathOf, recordedLines, whyAbsent } from './recordings.js';
import { bookText } from './replayed.js';

const FOLDER = 'venues/bybit';
const NAME = 'xrpusdt-ob500-2024-12-01.ndjson.gz';
const ID = 'bybit:XRPUSDT';
const absent = whyAbsent(`${FOLDER}/${NAME}`);

interface Expected {
  readonly records: Readonly<Record<string, number>>;
  readonly finalU: number;
  readonly uGaps: readonly unknown[];
  readonly finalBook: Readonly<Record<string, unknown>> & { readonly sumBidQty: string; readonly sumAskQty: string };
}

interface Played {
  readonly events: readonly MarketEvent[];
  readonly feed: ReplayFeed;
  readonly facts: RecordingFacts;
}

async function played(lines: Iterable<string>): Promise<Played> {
  const feed = new ReplayFeed({ adapters: [bybit], venue: 'bybit' });
  const sum = new ReplayFactsSum(feed);
  const events: MarketEvent[] = [];
  for await (const event of feed.events(lines)) {
    events.push(event);
    sum.add(event);
  }
  return { events, feed, facts: sum.facts() };
}

describe.skipIf(absent !== undefined)(absent ?? `recording ${NAME}`, () => {
  let lines: string[];
  let whole: Played;
  let expected: Expected;
  beforeAll(async () => {
    lines = [];
    for await (const line of recordedLines(`${FOLDER}/${NAME}`)) lines.push(line);
    whole = await played(lines);
    const text = readFileSync(pathOf(`${FOLDER}/EXPECTED.json`), 'utf8');
    expected = (JSON.parse(text) as Record<string, Expected>)[NAME]!;
  });

  test('(a) frames are counted, and the book ends as expected', () => {
    const { records, faults, symbols } = whole.facts;
    expect(records).toEqual({
      'rec:in': 50,
      'orderbook.500 snapshot': expected.records['snapshot'],
      'orderbook.500 delta': expected.records['delta'],
    });
    expect(faults).toEqual([]);
    const { book } = symbols['XRPUSDT']!;
    const { sumBidQty, sumAskQty, ...final } = expected.finalBook;
    expect(book!.final).toEqual({ ...final, bidSizeSum: sumBidQty, askSizeSum: sumAskQty });
    expect({ finalUpdateId: book!.finalUpdateId, gaps: book!.gaps, applied: book!.applied }).toEqual({
      finalUpdateId: expected.finalU,
      gaps: expected.uGaps.length,
      applied: 49,
    });
  });

  test('(b) a missing delta is a gap, and the book is not served until a snapshot comes', async () => {
    const cut = await played(lines.toSpliced(20, 1));
    expect(cut.events.filter(({ kind }) => kind === 'gap')).toMatchObject([{ channel: 'book', instrument: ID }]);
    expect(cut.feed.session!.book(ID)).toBeUndefined();
    const healed = await played([...lines.toSpliced(20, 1), ...lines.slice(0, 5)]);
    const kinds = healed.events.map(({ kind }) => kind).filter((kind) => kind !== 'tick');
    expect(kinds.slice(kinds.indexOf('gap'), kinds.indexOf('gap') + 3)).toEqual(['gap', 'book-snapshot', 'resumed']);
    expect(healed.feed.session!.book(ID)).toBeDefined();
  });

  test('(c) a doubled line changes nothing', async () => {
    const doubled = await played(lines.flatMap((line) => [line, line]));
    expect(bookText(doubled.feed.session!.book(ID))).toBe(bookText(whole.feed.session!.book(ID)));
    expect(doubled.events.filter(({ kind }) => kind === 'gap')).toEqual([]);
    expect(doubled.feed.session!.bookState(ID)).toMatchObject({ applied: 49, droppedStale: 49 });
  });

  test('(e) deltas that come before the snapshot are left out, and the book ends the same', async () => {
    const late = await played([...lines.slice(1, 4), ...lines]);
    expect(bookText(late.feed.session!.book(ID))).toBe(bookText(whole.feed.session!.book(ID)));
    expect(late.events.filter(({ kind }) => kind === 'gap')).toEqual([]);
  });

  test('(f) a truncated frame is told once and a gap of the book; the feed lives', async () => {
    const line = JSON.parse(lines[10]!) as { d: string };
    const torn = await played(lines.with(10, JSON.stringify({ ...line, d: line.d.slice(0, 200) })));
    expect(torn.facts.faults).toHaveLength(1);
    expect(torn.events.filter(({ kind }) => kind === 'status')).toMatchObject([{ state: 'amber', venue: 'bybit' }]);
    expect(torn.events.filter(({ kind }) => kind === 'gap')).toHaveLength(1);
  });
});
