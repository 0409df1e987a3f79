import type { SymbolName, VenueName } from '../market/venue-name.js';
import type { WireChannel } from '../venues/venue-server.js';

interface Planned {
  /** When it begins, ms after the host's start. */
  readonly at: number;
  readonly venue: VenueName;
}

interface Lasting extends Planned {
  readonly durationMs: number;
}

interface OnSymbol extends Planned {
  readonly symbol: SymbolName;
}

/** Every open socket of the venue ends; 1006 ends it without a close frame. */
export interface CutFault extends Planned {
  readonly kind: 'cut';
  readonly code: number;
}

/** Sockets that are open stay so and fall silent in both directions; without a duration for good, else all that waited comes at once. */
export interface StallFault extends Planned {
  readonly kind: 'stall';
  readonly durationMs: number | undefined;
}

/** While it lasts nothing of the channel is sent, though subscriptions are acknowledged. */
export interface SilentSubscriptionFault extends Lasting {
  readonly kind: 'silent-subscription';
  readonly channel: WireChannel;
}

/** On each open socket the next `count` book deltas of the symbol are lost, sent twice, or change places with the one after. */
export interface BookFault extends OnSymbol {
  readonly kind: 'gap' | 'duplicate' | 'reorder';
  readonly count: number;
}

/** On each open socket the next `count` data frames end in the middle. */
export interface TruncatedFault extends Planned {
  readonly kind: 'truncated-frame';
  readonly count: number;
}

/** While it lasts REST answers are as old as they are late. */
export interface SlowSnapshotFault extends Lasting {
  readonly kind: 'slow-snapshot';
  readonly delayMs: number;
}

/** While it lasts REST refuses with a status and says when to come again. */
export interface RateLimitFault extends Lasting {
  readonly kind: 'rate-limit';
  readonly status: 429 | 418;
  readonly retryAfterS: number;
}

/** While it lasts the venue refuses the region: by a status on REST and on handshakes, or by sockets that open and never send. */
export interface RegionFault extends Lasting {
  readonly kind: 'region';
  readonly answer: 451 | 403 | 'silent';
}

/** The venue's clock is off; without a duration it stays so. */
export interface ClockSkewFault extends Planned {
  readonly kind: 'clock-skew';
  readonly skewMs: number;
  readonly durationMs: number | undefined;
}

/** The symbol trades so often that its trade channel sends this many frames a second. 2,466 were recorded (venues.md 9). */
export interface BurstFault extends OnSymbol {
  readonly kind: 'burst';
  readonly framesPerSecond: number;
  readonly durationMs: number;
}

/** While it lasts the venue is away: sockets end, nothing connects, REST fails as a missing network does. */
export interface DownFault extends Lasting {
  readonly kind: 'down';
}

/** The contract has another tick size from then on. */
export interface ListingChangeFault extends OnSymbol {
  readonly kind: 'listing-change';
  readonly tickSize: string;
}

/** One thing that goes wrong. */
export type FaultEvent =
  | CutFault
  | StallFault
  | SilentSubscriptionFault
  | BookFault
  | TruncatedFault
  | SlowSnapshotFault
  | RateLimitFault
  | RegionFault
  | ClockSkewFault
  | BurstFault
  | DownFault
  | ListingChangeFault;

/** A kind of fault by name. */
export type FaultKind = FaultEvent['kind'];

/** What goes wrong, in order of time. */
export type FaultScript = readonly FaultEvent[];

/** Every kind, for messages and for drawing. */
export const FAULT_KINDS: readonly FaultKind[] = [
  ...(['cut', 'stall', 'silent-subscription', 'gap', 'duplicate', 'reorder', 'truncated-frame'] as const),
  ...(['slow-snapshot', 'rate-limit', 'region', 'clock-skew', 'burst', 'down', 'listing-change'] as const),
];
