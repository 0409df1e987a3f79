import type { Column, ColumnHead, FrameFacts, NowView, Tile } from './heatmap-frame.js';
import type { Fault } from './parsed.js';
import type { UnixMs } from './units.js';
import type { VenueId } from './venue.js';

/** How current what is shown is. */
export type SourceState = 'idle' | 'connecting' | 'live' | 'amber' | 'stale' | 'offline' | 'frozen' | 'error';
/** Where what is shown comes from; independent of how current it is. */
export type SourceOrigin = 'live' | 'recorded' | 'simulated' | 'relay' | 'snapshot';

interface Envelope {
  /** Number of the symbol within the stream; its name stands in the facts. */
  readonly symbolIndex: number;
  /** Grows by one a message within an epoch; a hole means a lost message. */
  readonly sequence: number;
  /** Changes when the sender lost its memory: everything before is void. */
  readonly epoch: number;
  /** Sender's `seenTime` of the message. */
  readonly time: UnixMs;
}

/** The whole state: replaces what the store holds. */
export interface SnapshotMessage extends Envelope {
  readonly kind: 'snapshot';
  readonly tiles: readonly Tile[];
  readonly now: NowView | undefined;
  readonly facts: FrameFacts;
}

/** A whole column: the next one, or a newer version of the open one. */
export interface ColumnMessage extends Envelope {
  readonly kind: 'column';
  readonly column: Column;
}

/** Changed cells of one plane: rows ascend, codes replace. */
export interface PlaneDelta {
  readonly rows: Uint16Array;
  readonly codes: Uint8Array;
}

/** A column as its difference from the newest column the store holds at this resolution. */
export interface ColumnDeltaMessage extends Envelope {
  readonly kind: 'column-delta';
  readonly head: ColumnHead;
  readonly long: PlaneDelta;
  readonly short: PlaneDelta;
  readonly spread: PlaneDelta;
  readonly age: PlaneDelta;
}

/** The present, once a second. */
export interface NowMessage extends Envelope {
  readonly kind: 'now';
  readonly now: NowView;
}

/** The facts, when they changed. */
export interface FactsMessage extends Envelope {
  readonly kind: 'facts';
  readonly facts: FrameFacts;
}

/** How one venue stands, for the status line. */
export interface VenueStatus {
  readonly venue: VenueId;
  readonly state: SourceState;
  readonly detail: string;
}

/** How the source stands. */
export interface SourceStatus {
  readonly state: SourceState;
  readonly origin: SourceOrigin;
  /** One plain sentence or empty: what is being waited for, or what went wrong. */
  readonly detail: string;
  /** Time of the newest data, for "stale 34 s" and "recorded 2024-08-08"; undefined before any. */
  readonly dataTime: UnixMs | undefined;
  readonly venues: readonly VenueStatus[];
  /** Present in state `error`. */
  readonly fault?: Fault;
}

/** A change of status. */
export interface StatusMessage extends Envelope {
  readonly kind: 'status';
  readonly status: SourceStatus;
}

/** What a worker, a relay and a file send alike. */
export type FrameMessage =
  SnapshotMessage | ColumnMessage | ColumnDeltaMessage | NowMessage | FactsMessage | StatusMessage;
