import type { RowExposure } from '../setups/cluster-reach.js';
import type { DensitySample } from '../grid/column-series.js';
import { addInto } from '../aggregate/venue-sample.js';
import { notionalUsd, priceOfTicks } from '../model/instrument.js';
import type { InstrumentEvent } from '../model/market-event.js';
import type { Price, UnixMs } from '../model/units.js';
import type { VenueId } from '../model/venue.js';
import type { WatchedVenue } from './cluster-moment.js';
import type { Engine } from './engine.js';
import { freshnessOf } from './freshness.js';
import type { InstrumentEstimate } from './instrument-estimate.js';
import type { SetupWatch } from './setup-watch.js';

/** Hands on what setups are judged by: books of all venues, flow and prices of the reference. */
export function noteForSetups(
  watch: SetupWatch,
  event: InstrumentEvent,
  estimate: InstrumentEstimate,
  isReference: boolean,
): void {
  if (event.kind === 'book-snapshot' || event.kind === 'book-delta') watch.noteBook(event, estimate.spec);
  else if (event.kind === 'gap' || event.kind === 'resumed') {
    if (event.channel === 'book') watch.noteBook(event, estimate.spec);
    if (event.channel === 'trades' && isReference) watch.noteDelivery(event);
  } else if (isReference) noteReference(watch, event, estimate);
}

function noteReference(watch: SetupWatch, event: InstrumentEvent, { spec, markUntil }: InstrumentEstimate): void {
  switch (event.kind) {
    case 'trade': {
      const price = priceOfTicks(event.priceTicks, Number(spec.tickSize));
      watch.noteTrade(event.seenTime, event.takerSide, notionalUsd(spec.kind, event.size, price));
      if (event.seenTime > markUntil) watch.notePrice(event.seenTime, price, price, price);
      return;
    }
    case 'mark':
      watch.notePrice(event.seenTime, event.price, event.price, event.price);
      return;
    case 'bar':
    case 'mark-bar':
      watch.notePrice(event.seenTime, event.low, event.high, event.close);
      return;
    default:
  }
}

/** Judges setups, then the host's rules, on one second that was accounted for. */
export function judgeSecond(
  engine: Engine,
  time: UnixMs,
  sample: DensitySample,
  venues: readonly WatchedVenue[],
): void {
  const { watch, setupWatch, alertWatch } = engine;
  if (!watch.isLive) {
    setupWatch.idle();
    alertWatch.idle(time);
    return;
  }
  const mark = engine.referencePrice();
  const weights = new Map<VenueId, number>(venues.map((venue) => [venue.venue, openInterestUsd(venue, time)]));
  const freshness = freshnessOf(engine.coverage.list(), weights, time, (id) => engine.reports.intervalOf(id));
  const rows = sumOfVenues(sample);
  const clusters = engine.clusters();
  const cascade = watch.cascade.reading();
  setupWatch.judge({
    time,
    mark,
    clusters,
    reached: watch.reached(),
    outcomes: () => engine.clusterOutcomes({ isTouched: true, isMergeLeftOut: true }),
    cascade,
    rows,
    isRelative: venues.some(({ estimate }) => estimate.isRelative),
    isStale: freshness.state !== 'live' && freshness.state !== 'amber',
    priceRatioOf: (id) => mark / (engine.estimates.get(id)?.priceAt(time) ?? mark),
  });
  if (alertWatch.isIdle) return;
  const price: Price | undefined = mark > 0 ? mark : undefined;
  const setups = setupWatch.setups();
  alertWatch.judge({ seenTime: time, price, clusters, rows, cascades: [cascade], setups, freshness }, (since) =>
    engine.clusterChanges(since),
  );
}

function openInterestUsd({ estimate }: WatchedVenue, time: number): number {
  const { openInterest, spec } = estimate;
  if (!(openInterest > 0)) return 0;
  return spec.kind === 'linear' ? openInterest * estimate.priceAt(time) : openInterest;
}

/** Rows of all venues together. */
function sumOfVenues({ long, short }: DensitySample): RowExposure {
  const sum = (parts: readonly Float64Array[]): Float64Array => {
    const total = new Float64Array(parts[0]?.length ?? 0);
    for (const part of parts) addInto(total, part);
    return total;
  };
  return { long: sum(long), short: sum(short) };
}
