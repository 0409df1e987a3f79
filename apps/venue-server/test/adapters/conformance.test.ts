import { describe, expect, test } from 'vitest';
import type { VenueName } from '../../src/index.js';
import { bookOf, eventsOf, readVenues, statuses } from './venue-world.js';

const VENUES: readonly VenueName[] = ['binance', 'bybit', 'okx'];

describe.each(VENUES)('%s', (venue) => {
  test('card 1: every channel of the venue delivers within 15 s', async () => {
    const { out, until, end } = await readVenues({ venues: [venue] });
    await until(15_000);
    await end();
    const kinds = new Set(out.map(({ event }) => event.kind));
    for (const kind of ['instrument', 'trade', 'mark', 'index', 'funding', 'open-interest', 'book-snapshot'] as const)
      expect(kinds, kind).toContain(kind);
    expect(statuses(out, 'connection').at(-1)).toMatchObject({ state: 'live', detail: '' });
  });

  test('card 2: the book is the one the venue has, and never crossed', async () => {
    const { host, out, until, end } = await readVenues({ venues: [venue] });
    await until(60_000);
    const { listing, book: truth } = host.market(venue, 'BTCUSDT');
    await end();
    const { book, wasCrossed } = bookOf(out, listing.tick.value);
    expect(wasCrossed).toBe(false);
    const told = book.view();
    const depth = 15;
    expect([...told.bids.ticks.slice(0, depth)]).toEqual(
      truth.bids
        .levels()
        .slice(0, depth)
        .map(({ ticks }) => ticks),
    );
    expect([...told.asks.ticks.slice(0, depth)]).toEqual(
      truth.asks
        .levels()
        .slice(0, depth)
        .map(({ ticks }) => ticks),
    );
  });

  test('card 3: every trade since the start is told once, with its size and side', async () => {
    const { host, out, until, end } = await readVenues({ venues: [venue] });
    await until(120_000);
    const told = eventsOf(out, 'trade');
    const truth = host
      .market(venue, 'BTCUSDT')
      .trades.filter(({ time }) => time >= told[0]!.eventTime && time <= told.at(-1)!.eventTime);
    await end();
    expect(told.length).toBeGreaterThan(20);
    const bought = (trades: readonly { readonly size: number; readonly takerSide: string }[]) =>
      trades.filter(({ takerSide }) => takerSide === 'buy').reduce((sum, { size }) => sum + size, 0);
    expect(told.reduce((sum, { size }) => sum + size, 0)).toBeCloseTo(
      truth.reduce((sum, { size }) => sum + size, 0),
      6,
    );
    expect(bought(told)).toBeCloseTo(bought(truth), 6);
    expect(new Set(told.map(({ id }) => id)).size).toBe(told.length);
  });

  test('card 4: a cut and a reconnection tell a gap, lose no trade and tell none twice', async () => {
    const { host, out, until, end } = await readVenues({
      venues: [venue],
      faults: [{ at: 30_000, venue, kind: 'cut', code: 1006 }],
    });
    await until(90_000);
    const told = eventsOf(out, 'trade');
    const truth = host
      .market(venue, 'BTCUSDT')
      .trades.filter(({ time }) => time >= told[0]!.eventTime && time <= told.at(-1)!.eventTime);
    await end();
    expect(eventsOf(out, 'gap').map(({ channel }) => channel)).toEqual(
      expect.arrayContaining(['book', 'trades', 'mark']),
    );
    expect(eventsOf(out, 'resumed').map(({ channel }) => channel)).toEqual(
      expect.arrayContaining(['book', 'trades', 'mark']),
    );
    expect(new Set(told.map(({ id }) => id)).size).toBe(told.length);
    expect(told.reduce((sum, { size }) => sum + size, 0)).toBeCloseTo(
      truth.reduce((sum, { size }) => sum + size, 0),
      6,
    );
    expect(statuses(out, 'connection').at(-1)).toMatchObject({ state: 'live' });
  });

  test.each(['gap', 'reorder'] as const)(
    'card 5: a %s of book updates is told, and the book is whole within 5 s',
    async (kind) => {
      const { host, out, until, end } = await readVenues({
        venues: [venue],
        faults: [{ at: 33_050, venue, kind, symbol: 'BTCUSDT', count: 1 }],
      });
      await until(60_000);
      const truth = host.market(venue, 'BTCUSDT');
      await end();
      const lost = out.find(({ event }) => event.kind === 'gap' && event.channel === 'book');
      expect(lost?.at).toBeGreaterThanOrEqual(33_050);
      const back = out.find(({ event, at }) => event.kind === 'resumed' && event.channel === 'book' && at >= lost!.at)!;
      expect(back.at - lost!.at).toBeLessThanOrEqual(5_000);
      const { book, wasCrossed } = bookOf(out, truth.listing.tick.value);
      expect(wasCrossed).toBe(false);
      expect(book.view().bids.ticks[0]).toBe(truth.book.bids.levels()[0]!.ticks);
      expect(eventsOf(out, 'gap').map(({ channel }) => channel)).toEqual(['book']);
    },
  );

  test('card 6: doubled updates change nothing', async () => {
    const { host, out, until, end } = await readVenues({
      venues: [venue],
      faults: [{ at: 20_000, venue, kind: 'duplicate', symbol: 'BTCUSDT', count: 20 }],
    });
    await until(40_000);
    const truth = host.market(venue, 'BTCUSDT');
    await end();
    expect(eventsOf(out, 'gap')).toEqual([]);
    const { book } = bookOf(out, truth.listing.tick.value);
    expect(book.view().asks.ticks[0]).toBe(truth.book.asks.levels()[0]!.ticks);
  });

  test('card 7: truncated frames are told, and the feed lives', async () => {
    const { out, until, end } = await readVenues({
      venues: [venue],
      faults: [{ at: 20_000, venue, kind: 'truncated-frame', count: 3 }],
    });
    await until(60_000);
    await end();
    expect(statuses(out, 'connection').some(({ state, detail }) => state === 'amber' && detail.includes('frame'))).toBe(
      true,
    );
    expect(eventsOf(out, 'trade').some(({ eventTime }) => eventTime > out[0]!.event.seenTime + 50_000)).toBe(true);
    const books = out
      .filter(({ event }) => event.kind === 'resumed' || event.kind === 'gap')
      .map(({ event }) => event.kind);
    expect(books.filter((kind) => kind === 'gap').length).toBe(books.filter((kind) => kind === 'resumed').length);
  });

  test('card 8: a stalled line is noticed at 5 s, given up at 8 s, and comes back', async () => {
    const { out, until, end } = await readVenues({ venues: [venue], faults: [{ at: 20_000, venue, kind: 'stall' }] });
    await until(60_000);
    await end();
    const said = statuses(out, 'book').filter(({ at }) => at >= 20_000);
    expect(said.find(({ detail }) => detail === 'no data 5 s')!.at).toBeLessThanOrEqual(26_500);
    const lost = out.find(({ event, at }) => event.kind === 'gap' && event.channel === 'book' && at >= 20_000)!;
    expect(lost.at).toBeLessThanOrEqual(30_000);
    expect(said.at(-1)).toMatchObject({ state: 'live', detail: '' });
  });

  test('card 9: a subscription that is accepted and stays silent is named', async () => {
    const faults = [{ at: 0, venue, kind: 'silent-subscription', channel: 'book', durationMs: 25_000 }];
    const { out, until, end } = await readVenues({ venues: [venue], faults });
    await until(60_000);
    await end();
    const named = statuses(out, 'connection').find(({ detail }) => detail.includes('sends nothing on it'));
    expect(named?.state).toBe('amber');
    expect(named!.at).toBeLessThanOrEqual(12_000);
    expect(eventsOf(out, 'book-snapshot').length).toBeGreaterThan(0);
  });

  test('card 10: a venue that is away for an hour is said so, and read again when it is back', async () => {
    const faults = [{ at: 20_000, venue, kind: 'down', durationMs: 3_600_000 }];
    const { out, until, end } = await readVenues({ venues: [venue], faults });
    await until(3_620_000 + 90_000);
    await end();
    expect(statuses(out, 'mark').some(({ detail }) => detail.startsWith('left out of the total'))).toBe(true);
    expect(statuses(out, 'connection').at(-1)).toMatchObject({ state: 'live' });
    expect(eventsOf(out, 'resumed').map(({ channel }) => channel)).toEqual(
      expect.arrayContaining(['book', 'trades', 'mark']),
    );
    // S21: prices crossed meanwhile are told before the first live mark.
    const cut = out.findIndex(({ event }) => event.kind === 'gap' && event.channel === 'mark');
    const after = out.slice(cut + 1);
    const crossed = after.slice(
      0,
      after.findIndex(({ event }) => event.kind === 'mark'),
    );
    expect(crossed.filter(({ event }) => event.kind === 'mark-bar').length).toBeGreaterThanOrEqual(12);
  });

  test('card 11: a region that is refused is named and not hammered', async () => {
    const { out, world, until, end } = await readVenues({
      venues: [venue],
      faults: [{ at: 0, venue, kind: 'region', answer: 451, durationMs: 3_600_000 }],
    });
    await until(240_000);
    await end();
    expect(statuses(out, 'connection').at(-1)).toMatchObject({
      state: 'unavailable',
      detail: 'unavailable in this region or network',
    });
    expect(world.requests.length).toBeLessThanOrEqual(10);
  });

  test('card 12: requests pause for as long as the venue asks', async () => {
    const faults = [
      { at: 20_000, venue, kind: 'rate-limit', status: 429, retryAfterS: 60, durationMs: 30_000 },
      { at: 25_000, venue, kind: 'cut', code: 1006 },
    ];
    const { out, world, until, end } = await readVenues({ venues: [venue], faults });
    await until(180_000);
    await end();
    const refused = statuses(out, 'metadata').find(({ detail }) => detail.includes('pause of 60 s'));
    expect(refused).toBeDefined();
    const during = world.requests.filter(
      ({ time }) => time - 1_795_132_830_000 > refused!.at + 100 && time - 1_795_132_830_000 < refused!.at + 59_000,
    );
    expect(during).toEqual([]);
    expect(statuses(out, 'connection').at(-1)).toMatchObject({ state: 'live' });
  });

  test('card 13: another tick size misreads no price', async () => {
    const tickSize = '0.01';
    const faults = [{ at: 20_000, venue, kind: 'listing-change', symbol: 'BTCUSDT', tickSize }];
    const { host, out, until, end } = await readVenues({ venues: [venue], faults });
    await until(60_000);
    const truth = host.market(venue, 'BTCUSDT');
    await end();
    const told = Number(eventsOf(out, 'instrument').at(-1)!.spec.tickSize);
    const { book, wasCrossed } = bookOf(out, told);
    expect(wasCrossed).toBe(false);
    const { bids, asks } = book.view();
    expect(bids.ticks[0]! * told).toBeCloseTo(truth.book.bids.levels()[0]!.ticks * Number(tickSize), 6);
    expect(asks.ticks[0]! * told).toBeCloseTo(truth.book.asks.levels()[0]!.ticks * Number(tickSize), 6);
    expect(eventsOf(out, 'trade').at(-1)!.priceTicks * told).toBeCloseTo(truth.last, 6);
  });

  test.each([-300_000, 300_000])("card 14: the venue's clock %d ms off shifts nothing", async (skewMs) => {
    const { out, until, end } = await readVenues({
      venues: [venue],
      faults: [{ at: 0, venue, kind: 'clock-skew', skewMs }],
    });
    await until(30_000);
    await end();
    const late = eventsOf(out, 'trade').map(({ seenTime, eventTime }) => seenTime - eventTime);
    expect(Math.max(...late)).toBeLessThan(1_500);
    const times = out.map(({ event }) => event.seenTime);
    expect(times).toEqual([...times].sort((a, b) => a - b));
  });

  test('card 15: a burst of 2,500 frames a second loses no trade', async () => {
    const faults = [{ at: 20_000, venue, kind: 'burst', symbol: 'BTCUSDT', framesPerSecond: 2_500, durationMs: 2_000 }];
    const { host, out, until, end } = await readVenues({ venues: [venue], faults });
    await until(40_000);
    const told = eventsOf(out, 'trade');
    const truth = host
      .market(venue, 'BTCUSDT')
      .trades.filter(({ time }) => time >= told[0]!.eventTime && time <= told.at(-1)!.eventTime);
    await end();
    expect(told.length).toBeGreaterThan(1_000);
    expect(told.reduce((sum, { size }) => sum + size, 0)).toBeCloseTo(
      truth.reduce((sum, { size }) => sum + size, 0),
      4,
    );
  });

  test('card 16: the past comes first, and joins the first live trade without a hole or a double', async () => {
    const { host, out, until, end } = await readVenues({ venues: [venue], warmStartMs: 3_600_000 });
    await until(30_000);
    const bars = eventsOf(out, 'bar');
    const barsEnd = bars.at(-1)!.eventTime;
    const told = eventsOf(out, 'trade');
    const truth = host
      .market(venue, 'BTCUSDT')
      .trades.filter(({ time }) => time >= barsEnd && time <= told.at(-1)!.eventTime);
    await end();
    expect(bars.length).toBeGreaterThanOrEqual(50);
    for (let i = 1; i < bars.length; i++) expect(bars[i]!.eventTime - bars[i]!.durationMs).toBe(bars[i - 1]!.eventTime);
    expect(told.reduce((sum, { size }) => sum + size, 0)).toBeCloseTo(
      truth.reduce((sum, { size }) => sum + size, 0),
      6,
    );
    expect(eventsOf(out, 'open-interest').length).toBeGreaterThanOrEqual(10);
  });
});
