import { describe, expect, test } from 'vitest';
import type { VenueName } from '../../src/index.js';
import { longShareOf } from '../../src/venues/long-share.js';
import { START, bookOf, eventsOf, pricesOf, readVenues, sameTrades, statuses } from '../../src/bridge/venue-world.js';

const VENUES: readonly VenueName[] = ['binance', 'bybit', 'okx', 'hyperliquid'];

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
    const truth = host.market(venue, 'BTCUSDT');
    await end();
    const { bids, asks, wasCrossed } = bookOf(out);
    expect(wasCrossed).toBe(false);
    expect(bids.slice(0, 15)).toEqual(pricesOf(truth, 'bids', 15));
    expect(asks.slice(0, 15)).toEqual(pricesOf(truth, 'asks', 15));
  });

  test('card 3: every trade since the start is told once, with its size and side', async () => {
    const { host, out, until, end } = await readVenues({ venues: [venue] });
    await until(120_000);
    const { told, truth } = sameTrades(out, host.market(venue, 'BTCUSDT').trades);
    await end();
    expect(told.count).toBeGreaterThan(20);
    expect(told.size).toBeCloseTo(truth.size, 6);
    expect(told.bought).toBeCloseTo(truth.bought, 6);
    expect(told.ids).toBe(told.count);
  });

  test('card 4: a cut and a reconnection tell a gap, lose no trade and tell none twice', async () => {
    const { host, out, until, end } = await readVenues({
      venues: [venue],
      faults: [{ at: 30_000, venue, kind: 'cut', code: 1006 }],
    });
    await until(90_000);
    const { told, truth } = sameTrades(out, host.market(venue, 'BTCUSDT').trades);
    await end();
    expect(eventsOf(out, 'gap').map(({ channel }) => channel)).toEqual(
      expect.arrayContaining(['book', 'trades', 'mark']),
    );
    expect(eventsOf(out, 'resumed').map(({ channel }) => channel)).toEqual(
      expect.arrayContaining(['book', 'trades', 'mark']),
    );
    expect(told.ids).toBe(told.count);
    expect(told.size).toBeCloseTo(truth.size, 6);
    expect(statuses(out, 'connection').at(-1)).toMatchObject({ state: 'live' });
  });

  // Where every frame is the whole book, the next one heals what a lost one left.
  test.skipIf(venue === 'hyperliquid').each(['gap', 'reorder'] as const)(
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
      const { bids, wasCrossed } = bookOf(out);
      expect(wasCrossed).toBe(false);
      expect(bids.slice(0, 5)).toEqual(pricesOf(truth, 'bids', 5));
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
    expect(bookOf(out).asks.slice(0, 5)).toEqual(pricesOf(truth, 'asks', 5));
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
    const said = statuses(out, 'mark').filter(({ at }) => at >= 20_000);
    expect(said.find(({ detail }) => detail === 'no data 5 s')!.at).toBeLessThanOrEqual(26_500);
    const lost = out.find(({ event, at }) => event.kind === 'gap' && event.channel === 'mark' && at >= 20_000)!;
    expect(lost.at).toBeLessThanOrEqual(30_000);
    expect(said.at(-1)).toMatchObject({ state: 'live', detail: '' });
    expect(statuses(out, 'book').at(-1)).toMatchObject({ state: 'live', detail: '' });
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

  test('card 10: a venue that is away for a quarter of an hour is said so, and read again when it is back', async () => {
    const faults = [{ at: 20_000, venue, kind: 'down', durationMs: 900_000 }];
    const { out, until, end } = await readVenues({ venues: [venue], faults });
    await until(920_000 + 90_000);
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
    const candles = crossed.filter(({ event }) => event.kind === 'mark-bar' || event.kind === 'bar');
    expect(candles.length).toBeGreaterThanOrEqual(12);
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
    const { bids, asks, wasCrossed } = bookOf(out);
    expect(wasCrossed).toBe(false);
    expect(bids.slice(0, 5)).toEqual(pricesOf(truth, 'bids', 5));
    expect(asks.slice(0, 5)).toEqual(pricesOf(truth, 'asks', 5));
    const told = Number(eventsOf(out, 'instrument').at(-1)!.spec.tickSize);
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
    const { told, truth } = sameTrades(out, host.market(venue, 'BTCUSDT').trades);
    await end();
    expect(told.count).toBeGreaterThan(1_000);
    expect(told.size).toBeCloseTo(truth.size, 4);
  });

  test('card 16: the past comes first, and joins the first live trade without a hole or a double', async () => {
    const { host, out, until, end } = await readVenues({ venues: [venue], warmStartMs: 3_600_000 });
    await until(30_000);
    const bars = eventsOf(out, 'bar');
    const barsEnd = bars.at(-1)!.eventTime;
    const missing = eventsOf(out, 'gap').filter(({ channel }) => channel === 'trades');
    const { told, truth } = sameTrades(out, host.market(venue, 'BTCUSDT').trades, missing[0]?.to ?? barsEnd - 1);
    await end();
    expect(bars.length).toBeGreaterThanOrEqual(50);
    for (let i = 1; i < bars.length; i++) expect(bars[i]!.eventTime - bars[i]!.durationMs).toBe(bars[i - 1]!.eventTime);
    expect(told.size).toBeCloseTo(truth.size, 6);
    // What a venue cannot give back is told as missing, and begins where the bars end.
    if (missing.length > 0)
      expect(missing[0]).toMatchObject({
        from: barsEnd,
        reason: expect.stringContaining('could not be read') as string,
      });
    else expect(venue).not.toBe('hyperliquid');
    if (venue !== 'hyperliquid') expect(eventsOf(out, 'open-interest').length).toBeGreaterThanOrEqual(10);
  });

  test('card 17: trades that stay silent while the rest speaks are read back, or told as missing', async () => {
    const faults = [{ at: 20_000, venue, kind: 'silent-subscription', channel: 'trades', durationMs: 30_000 }];
    const { host, out, until, end } = await readVenues({ venues: [venue], faults });
    await until(90_000);
    const { told, truth } = sameTrades(out, host.market(venue, 'BTCUSDT').trades);
    await end();
    expect(told.ids).toBe(told.count);
    const isTold = eventsOf(out, 'gap').some(
      ({ channel, reason }) => channel === 'trades' && reason.includes('did not come'),
    );
    if (venue === 'hyperliquid') expect(isTold).toBe(true);
    else expect(told.size).toBeCloseTo(truth.size, 6);
  });

  test('card 18: a quiet market is not asked about, and its sockets stay', async () => {
    const { out, world, until, end } = await readVenues({ venues: [venue] });
    await until(60_000);
    await end();
    expect(eventsOf(out, 'gap')).toEqual([]);
    expect(world.requests.filter(({ url }) => /trade/i.test(url)).length).toBeLessThanOrEqual(4);
  });

  test.skipIf(venue === 'hyperliquid')(
    'card 19: ratios of longs come with the past and once a period, none early',
    async () => {
      const { host, out, until, end } = await readVenues({ venues: [venue], warmStartMs: 3_600_000 });
      await until(11 * 60_000);
      const positions = host.market(venue, 'BTCUSDT').positions;
      await end();
      const told = eventsOf(out, 'long-short-ratio').filter(({ population }) => population === 'all-accounts');
      const live = told.filter(({ seenTime }) => seenTime > START);
      expect(told.length - live.length).toBeGreaterThanOrEqual(10);
      expect(live.length).toBeGreaterThanOrEqual(2);
      expect(new Set(told.map(({ eventTime }) => eventTime)).size).toBe(told.length);
      for (const { eventTime, seenTime, longShare } of told) {
        expect(seenTime).toBeGreaterThanOrEqual(eventTime);
        const { fundingRate } = positions.find(({ time }) => time === eventTime)!;
        expect(longShare).toBeCloseTo(longShareOf(fundingRate), 3);
      }
      expect(statuses(out, 'ratios').at(-1)).toMatchObject({ state: 'live' });
    },
  );
});
