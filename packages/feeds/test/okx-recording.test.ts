import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Instrument, MarketEvent, VenueId } from '@liquidation-heatmap/core';
import type { ReplayOptions } from '../src/recording/replay-feed.js';
import { okxInverse } from '../src/venues/okx-inverse/index.js';
import { okx } from '../src/venues/okx/index.js';
import { pathOf, recordedLines, whyAbsent } from './recordings.js';
import { bookText, replayed, type Replayed } from './replayed.js';

const FOLDER = 'venues/okx';
const NAME = 'uni-usd-swap_btc-usdt-2022-05-13.ndjson.gz';
const absent = whyAbsent(`${FOLDER}/${NAME}`);

interface ExpectedInstrument {
  readonly 'trades (sz as sent)': Readonly<Record<string, number | string>>;
  readonly 'finalBook': Readonly<Record<string, unknown>> & { readonly sumBidQty: string; readonly sumAskQty: string };
  readonly 'checksums': { readonly messages: number; readonly matching: number };
}
interface Expected {
  readonly records: Readonly<Record<string, number>>;
  readonly instruments: Readonly<Record<string, ExpectedInstrument>>;
}

function isOfBook(event: MarketEvent): boolean {
  if (event.kind === 'gap' || event.kind === 'resumed') return event.channel === 'book';
  return event.kind === 'book-snapshot' || event.kind === 'book-delta';
}

/** Amounts compare as sent: the pair is spot, and one contract counts as one. */
function specOf(venue: VenueId, ownSymbol: string, tickSize: string): Instrument {
  const kind = venue === 'okx' ? 'linear' : 'inverse';
  const id = `${venue}:${ownSymbol}` as const;
  return { id, venue, ownSymbol, symbol: ownSymbol, kind, tickSize, sizeStep: '1', contractMultiplier: 1 };
}

const CASES = [
  { ownSymbol: 'BTC-USDT', venue: 'okx', adapter: okx, tickSize: '0.1' },
  { ownSymbol: 'UNI-USD-SWAP', venue: 'okx-inverse', adapter: okxInverse, tickSize: '0.001' },
] as const;

describe.skipIf(absent !== undefined)(absent ?? `recording ${NAME}`, () => {
  let lines: string[];
  let expected: Expected;
  beforeAll(async () => {
    lines = [];
    for await (const line of recordedLines(`${FOLDER}/${NAME}`)) lines.push(line);
    expected = (JSON.parse(readFileSync(pathOf(`${FOLDER}/EXPECTED.json`), 'utf8')) as Record<string, Expected>)[NAME]!;
  });

  describe.each(CASES)('$ownSymbol', ({ ownSymbol, venue, adapter, tickSize }) => {
    const id = `${venue}:${ownSymbol}` as const;
    const instruments = [specOf(venue, ownSymbol, tickSize)];
    const options: ReplayOptions = { adapters: [okx, okxInverse], venue, instruments };
    const play = (some: readonly string[]): Promise<Replayed> => replayed(some, undefined, options);
    /** Lines of this instrument's books. */
    const bookLines = (): readonly number[] =>
      lines.flatMap((line, at) =>
        line.includes('books') && line.includes('update') && line.includes(`${ownSymbol}\\"`) ? [at] : [],
      );
    const gapsOf = ({ events }: Replayed) => events.filter((event) => event.kind === 'gap' && event.channel === 'book');

    test('(a) frames, trades and the final book are as expected, every checksum met', async () => {
      const { facts } = await play(lines);
      const { records, faults, symbols, drops } = facts;
      expect(adapter.ownsUrl('wss://ws.okx.com:8443/ws/v5/public')).toBe(true);
      for (const [stream, count] of Object.entries(expected.records)) expect(records[stream], stream).toBe(count);
      expect(faults).toEqual([]);
      expect(drops['untrusted-update']).toBeUndefined();
      const { trades, book } = symbols[ownSymbol]!;
      const { idJumps, ...sums } = expected.instruments[ownSymbol]!['trades (sz as sent)'];
      expect(idJumps).toBe(0);
      expect({
        count: trades.count,
        sumQty: trades.sizeSum,
        sumQtyTakerBuy: trades.takerBuySizeSum,
        sumQtyTakerSell: trades.takerSellSizeSum,
        sumPriceTimesQty: trades.priceTimesSizeSum,
        firstId: trades.firstId,
        lastId: trades.lastId,
        firstTime: trades.firstTime,
        lastTime: trades.lastTime,
      }).toEqual(sums);
      const { sumBidQty, sumAskQty, ...final } = expected.instruments[ownSymbol]!.finalBook;
      expect(book!.final).toEqual({ ...final, bidSizeSum: sumBidQty, askSizeSum: sumAskQty });
      const { messages } = expected.instruments[ownSymbol]!.checksums;
      expect(book!.applied + 1, 'updates and the snapshot').toBe(messages);
    });

    test('(b) a missing update is a gap by its checksum, and the book is not served', async () => {
      const cut = await play(lines.toSpliced(bookLines()[20]!, 1));
      expect(gapsOf(cut)).toMatchObject([{ reason: 'The book does not meet the checksum of the venue' }]);
      expect(cut.feed.session!.book(id)).toBeUndefined();
      expect(cut.feed.session!.takeResubscriptions()).toEqual([id]);
    });

    test('(b) after a missing update the book is served again from the next snapshot on, and ends as expected', async () => {
      const [whole, healed] = [await play(lines), await play([...lines.toSpliced(bookLines()[20]!, 1), ...lines])];
      const kinds = healed.events.filter(isOfBook).map(({ kind }) => kind);
      const gapAt = kinds.indexOf('gap');
      expect(kinds.slice(gapAt, gapAt + 3), 'no change between the gap and the snapshot').toEqual([
        ...['gap', 'book-snapshot', 'resumed'],
      ]);
      expect(kinds.filter((kind) => kind === 'gap')).toHaveLength(1);
      expect(bookText(healed.feed.session!.book(id))).toBe(bookText(whole.feed.session!.book(id)));
    });

    test('(c) a doubled line changes nothing', async () => {
      const [whole, doubled] = [await play(lines), await play(lines.flatMap((line) => [line, line]))];
      expect(bookText(doubled.feed.session!.book(id))).toBe(bookText(whole.feed.session!.book(id)));
      expect(gapsOf(doubled)).toEqual([]);
      expect(doubled.facts.symbols[ownSymbol]!.trades).toEqual(whole.facts.symbols[ownSymbol]!.trades);
    });

    test('(d) after a cut and a reconnection no trade is counted twice', async () => {
      const half = lines.length >> 1;
      const [whole, again] = [await play(lines), await play([...lines.slice(0, half), ...lines])];
      expect(again.facts.symbols[ownSymbol]!.trades).toEqual(whole.facts.symbols[ownSymbol]!.trades);
      expect(bookText(again.feed.session!.book(id))).toBe(bookText(whole.feed.session!.book(id)));
    });

    test('(e) updates that come before the snapshot are left out, and the book ends the same', async () => {
      const early = bookLines()
        .slice(0, 3)
        .map((at) => lines[at]!);
      const [whole, late] = [await play(lines), await play([lines[0]!, ...early, ...lines.slice(1)])];
      expect(bookText(late.feed.session!.book(id))).toBe(bookText(whole.feed.session!.book(id)));
      expect(gapsOf(late)).toEqual([]);
    });

    test('(f) a truncated frame is told, and the book is a gap by its checksum; the feed lives', async () => {
      const at = bookLines()[10]!;
      const { d, ...rest } = JSON.parse(lines[at]!) as { d: string };
      const torn = await play(lines.with(at, JSON.stringify({ ...rest, d: d.slice(0, d.length >> 1) })));
      expect(torn.facts.faults).toHaveLength(1);
      expect(torn.events.filter(({ kind }) => kind === 'status')).toMatchObject([{ state: 'amber', venue }]);
      expect(gapsOf(torn)).toHaveLength(1);
    });
  });
});
