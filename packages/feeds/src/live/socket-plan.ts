import type { Channel, Instrument, Parsed, DataRate } from '@liquidation-heatmap/core';

/** One subscribed stream of a socket. */
export interface PlannedStream {
  /** As `LiveWire.streamOf` names it in a frame. */
  readonly name: string;
  /** The channel it feeds; undefined where the estimate does not use it. */
  readonly channel: Channel | undefined;
  /** It sends at least every few seconds while the venue works, so that its silence means trouble. */
  readonly mustSpeak: boolean;
  /** Silence after which its socket is opened anew, ms; default as requirement S20 has it for book and mark. */
  readonly reconnectMs?: number;
}

/** One socket to hold open. */
export interface SocketPlan {
  readonly url: string;
  readonly streams: readonly PlannedStream[];
  /** Frames sent as soon as the socket is open: the subscriptions. */
  readonly hello: readonly string[];
  /** A frame sent every so often, where the venue closes sockets that say nothing; absent where the protocol's own pings do. */
  readonly keepAlive?: { readonly everyMs: number; readonly text: string };
}

/** How a venue's sockets are spoken to. Pure: text in, text out. */
export interface LiveWire {
  /** Sockets and subscriptions for the channels that are to be read; `rate` where a stream comes in several paces. */
  plans(spec: Instrument, isOn: (channel: Channel) => boolean, rate?: DataRate): Parsed<readonly SocketPlan[]>;
  /** Name of the stream a frame belongs to, without reading all of it; undefined for acknowledgements, pongs and errors. */
  streamOf(text: string): string | undefined;
  /** What has to be answered to a frame, such as a ping of the venue's own; undefined for most frames. */
  replyTo?(text: string): string | undefined;
  /** Frames that bring a new snapshot of the book, where the stream itself sends snapshots. */
  bookAgain?(spec: Instrument): readonly string[];
}
