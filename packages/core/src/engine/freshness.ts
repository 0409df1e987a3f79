import type { AlertFreshness } from '../alerts/alert-input.js';
import type { SourceState } from '../model/frame-message.js';
import type { ChannelCoverage } from '../model/heatmap-frame.js';
import { venueOf, type InstrumentId } from '../model/instrument.js';
import type { VenueId } from '../model/venue.js';

/** Price that was last seen longer ago is amber, and stale (S20). */
const AMBER_MS = 10_000;
const STALE_MS = 30_000;
/** Silent for longer, a venue no longer decides how current the picture is (S20): the reference's price has taken its place. */
const GONE_MS = 120_000;
/** Intervals between reports of open interest after which it is amber, and stale (S20). */
const AMBER_INTERVALS = 2;
const STALE_INTERVALS = 4;
/** Channels without which a venue's estimate cannot be current; those a venue never sent are not asked for. */
const REQUIRED: readonly ChannelCoverage['channel'][] = ['mark', 'book', 'trades', 'open-interest'];
/** Channels that are never silent while they work. */
const STEADY: readonly ChannelCoverage['channel'][] = ['mark', 'book'];
/** Channels that tell where a venue's price is. */
const PRICE_CHANNELS: readonly ChannelCoverage['channel'][] = ['mark', 'book', 'trades'];
/** A venue counts from this share of the open interest on (S20). */
const WEIGHT_THAT_COUNTS = 0.1;

/** From best to worst. */
const ORDER = ['live', 'connecting', 'amber', 'stale', 'offline'] as const satisfies readonly SourceState[];

/**
 * How current each venue and the picture are at a time, from what channels delivered: a venue is as fresh as its worst required
 * channel, the picture as its worst venue that counts. `weights` are open interests in one unit, the reference's first; without any,
 * every venue counts. One that is gone counts only where it is the reference or no other is left; its own state is told all the same.
 * `intervalOf` tells how often an instrument's open interest is reported, ms.
 */
export function freshnessOf(
  coverage: readonly ChannelCoverage[],
  weights: ReadonlyMap<VenueId, number>,
  time: number,
  intervalOf: (instrument: InstrumentId) => number | undefined = () => undefined,
): AlertFreshness {
  const venues = [...weights.keys()].map((venue) => {
    const channels = coverage.filter(({ instrument }) => venueOf(instrument) === venue);
    return { venue, state: stateOfVenue(channels, time, intervalOf), isGone: isGone(channels, time) };
  });
  const total = [...weights.values()].reduce((sum, weight) => sum + weight, 0);
  const weighty = venues.filter(({ venue }) => !(total > 0) || (weights.get(venue) ?? 0) >= WEIGHT_THAT_COUNTS * total);
  const present = weighty.filter(({ venue, isGone }) => !isGone || venue === venues[0]?.venue);
  const counting = present.length > 0 ? present : weighty;
  return {
    state: worst(counting.map(({ state }) => state)),
    venues: venues.map(({ venue, state }) => ({ venue, state })),
  };
}

/** Every channel that tells where price is has ended or been silent for long. */
function isGone(channels: readonly ChannelCoverage[], time: number): boolean {
  const telling = channels.filter(({ channel, state }) => PRICE_CHANNELS.includes(channel) && state !== 'off');
  return telling.length > 0 && telling.every(({ lastSeen }) => time - lastSeen > GONE_MS);
}

function stateOfVenue(
  channels: readonly ChannelCoverage[],
  time: number,
  intervalOf: (instrument: InstrumentId) => number | undefined,
): SourceState {
  const required = channels.filter(({ channel, state }) => REQUIRED.includes(channel) && state !== 'off');
  // Where no channel is steady, trades alone tell where price is.
  const steady = required.some(({ channel }) => STEADY.includes(channel)) ? STEADY : ['trades'];
  return worst(
    required.map((entry) => {
      const interval = entry.channel === 'open-interest' ? intervalOf(entry.instrument) : undefined;
      if (interval !== undefined)
        return stateOfChannel(
          entry,
          time,
          [AMBER_INTERVALS, STALE_INTERVALS].map((n) => n * interval),
        );
      return stateOfChannel(entry, time, steady.includes(entry.channel) ? [AMBER_MS, STALE_MS] : []);
    }),
  );
}

/** `limits`: silence from which on it is amber, and stale; none where silence is normal. */
function stateOfChannel(
  { state, lastSeen }: ChannelCoverage,
  time: number,
  [amberMs = Infinity, staleMs = Infinity]: readonly number[],
): SourceState {
  if (state === 'unavailable' || state === 'ended' || state === 'off') return 'offline';
  if (state !== 'live') return state;
  const age = time - lastSeen;
  if (age > staleMs) return 'stale';
  return age > amberMs ? 'amber' : 'live';
}

function worst(states: readonly SourceState[]): SourceState {
  const ranks = states.map((state) => (ORDER as readonly SourceState[]).indexOf(state));
  return ranks.length === 0 ? 'connecting' : ORDER[Math.max(...ranks)]!;
}
