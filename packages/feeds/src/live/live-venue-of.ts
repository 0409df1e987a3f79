import {
  malformed,
  parsed,
  type Channel,
  type ChannelOffer,
  type Instrument,
  type MarketEvent,
  type Parsed,
  type UnixMs,
} from '@liquidation-heatmap/core';
import { EventQueue } from '../combine/event-queue.js';
import { pollSilence } from '../connection/heartbeat.js';
import { offersOf } from '../evidence.js';
import type { LiveRequest, LiveVenue } from '../live-venue.js';
import type { Runtime } from '../runtime/runtime.js';
import { offersAt } from './data-rate.js';
import { LiveSession } from './live-session.js';
import { readHistory, type PastOfVenue } from './read-history.js';
import { readRatios, withRatios } from './read-ratios.js';
import { sharedLiveOf, type LiveSink, type NowEvents } from './shared-live.js';
import type { PastEnd } from './told-state.js';
import { INTERVALS, type VenueRest, type VenueRules } from './venue-rules.js';

/** Symbols named in the sentence about one that is not listed. */
const SHOWN_SYMBOLS = 10;

/** A venue, live, by its rules. */
export function liveVenueOf(rules: VenueRules): LiveVenue {
  return {
    venue: rules.venue,
    history: async (request, runtime, signal) => {
      const rest = quietRest(rules, runtime);
      const [spec, time] = await Promise.all([
        findInstrument(rules, request.symbol, runtime, rest, signal),
        rest.time(signal),
      ]);
      if (!spec.ok || request.historyMs <= 0) return { events: [], barsEnd: undefined, shortfalls: [] };
      const now = time.ok ? time.value : runtime.now();
      const offers = offersFor(rules, request);
      const read = onlyRead(rest, offers);
      const [prices, ratios] = await Promise.all([
        readHistory(spec.value, request, now, read, rules.historyLimitMs, signal),
        readRatios(spec.value, request, now, read.ratios, runtime, signal),
      ]);
      const history = withRatios(spec.value, prices, ratios);
      const events = history.events.map((event) => (event.kind === 'instrument' ? { ...event, offers } : event));
      return { ...history, events };
    },
    live: (request, past, runtime, signal) => {
      const queue = new EventQueue<MarketEvent>();
      const barsEnd = request.historyMs > 0 ? past.then((history) => history.barsEnd) : undefined;
      const { shared, isNew } = sharedLiveOf(runtime, keyOf(rules, request));
      if (!isNew) void shared.join(queue, barsEnd, signal);
      else
        shared.start(queue, signal, (sink, stop, onRunning) =>
          run(rules, request, barsEnd, runtime, sink, onRunning, stop),
        );
      return queue;
    },
    probe: (runtime, signal) => quietRest(rules, runtime).ping(signal),
  };
}

/** What of the past is read: the same channels as live. */
function onlyRead(
  { bars, markBars, openInterest, ratios }: VenueRest,
  offers: readonly ChannelOffer[],
): PastOfVenue & Required<Pick<VenueRest, 'ratios'>> {
  const ifOn = <Source>(channel: Channel, source: Source): Source | undefined =>
    offers.some((offer) => offer.channel === channel && offer.isOn) ? source : undefined;
  return {
    bars: ifOn('bars', bars),
    markBars: ifOn('mark', markBars),
    openInterest: ifOn('open-interest', openInterest),
    ratios: ifOn('ratios', ratios) ?? [],
  };
}

/** Readers of the same channels of the same symbol read the same stream. */
function keyOf(rules: VenueRules, { symbol, unproven = false, data = 'full', spot = false }: LiveRequest): string {
  return JSON.stringify([rules.venue, symbol, unproven, data, spot]);
}

function offersFor(rules: VenueRules, { unproven = false, data = 'full' }: LiveRequest): readonly ChannelOffer[] {
  return offersAt(data, offersOf(rules.venue, unproven), rules.hasIndexAlone === true);
}

async function run(
  rules: VenueRules,
  request: LiveRequest,
  barsEnd: Promise<PastEnd> | undefined,
  runtime: Runtime,
  sink: LiveSink,
  onRunning: (now: NowEvents) => void,
  signal: AbortSignal,
): Promise<void> {
  const spec = await findInstrument(rules, request.symbol, runtime, quietRest(rules, runtime), signal);
  if (signal.aborted) return;
  const offers = offersFor(rules, request);
  const isOn = (channel: Channel): boolean => offers.some((offer) => offer.channel === channel && offer.isOn);
  const plans = spec.ok ? rules.wire.plans(spec.value, isOn, request.data) : spec;
  if (!spec.ok || !plans.ok || plans.value.length === 0) {
    const time = runtime.now();
    const detail = plans.ok
      ? `${rules.name} is known from documentation alone: not read by default`
      : plans.fault.message;
    const at = { eventTime: time, seenTime: time };
    sink.push({ kind: 'status', venue: rules.venue, channel: 'connection', state: 'unavailable', detail, ...at });
    return;
  }
  const hasBarsForTrades = isOn('bars') && !isOn('trades');
  const read = {
    ...rules,
    hasBarsForTrades,
    polls: rules.polls.filter(({ channel }) => isOn(channel)),
    watch: [
      ...rules.watch.filter((watched) => isOn(watched.channel) && (!('judgedBy' in watched) || isOn(watched.judgedBy))),
      ...(hasBarsForTrades ? [{ channel: 'bars', rule: pollSilence(INTERVALS['1m']) } as const] : []),
    ],
  };
  const session = new LiveSession(read, spec.value, plans.value, runtime, sink, offers);
  onRunning((told, pastEnd) => session.nowEvents(told, pastEnd));
  const running = session.run(barsEnd, signal);
  if (request.spot !== true) return running;
  const use = {
    ...{ name: rules.name, wire: rules.spot, spec: spec.value, rotateAfterMs: rules.rotateAfterMs },
    seenTimeOf: (time: UnixMs) => session.seenTimeOf(time),
    push: (event: MarketEvent) => sink.push(event),
    ready: () => sink.ready(),
  };
  // Loaded only where it is asked for.
  const { runSpot } = await import('../spot/spot-feed.js');
  await Promise.all([running, runSpot(use, runtime, signal)]);
}

/** The contract of a symbol: from the table of well-known ones, else from the venue's own list. */
async function findInstrument(
  rules: VenueRules,
  symbol: string,
  runtime: Runtime,
  rest: VenueRest,
  signal: AbortSignal,
): Promise<Parsed<Instrument>> {
  const tabled = rules.tabled(symbol, runtime.now());
  if (tabled !== undefined) return parsed(tabled);
  const listed = await rest.instruments(signal);
  if (!listed.ok) {
    const message = `${symbol} could not be looked up on ${rules.name}: ${listed.fault.message}`;
    return malformed(listed.fault.code, 'symbol', message);
  }
  const spec = listed.value.find((candidate) => candidate.symbol === symbol);
  if (spec !== undefined) return parsed(spec);
  const known = [...new Set([...rules.tabledSymbols, ...listed.value.map((candidate) => candidate.symbol)])];
  const more = known.length > SHOWN_SYMBOLS ? ` and ${String(known.length - SHOWN_SYMBOLS)} more` : '';
  const shown = known.slice(0, SHOWN_SYMBOLS).join(', ');
  return malformed('unknown-symbol', 'symbol', `${rules.name} lists no perpetual ${symbol}; it lists ${shown}${more}`);
}

function quietRest(rules: VenueRules, runtime: Runtime): VenueRest {
  return rules.createRest(runtime, () => undefined);
}
