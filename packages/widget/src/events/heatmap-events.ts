import type { Cluster, Price, SourceOrigin, SourceState, UnixMs, Usd, VenueStatus } from '@liquidation-heatmap/core';

/** What all events of the elements share: they bubble, cross shadow roots, and carry JSON. */
const OPTIONS = { bubbles: true, composed: true } as const;

/** Fired once after each (re)connection when the first picture stands. */
export class ReadyEvent extends CustomEvent<{ readonly symbol: string; readonly origin: SourceOrigin }> {
  static readonly eventName = 'lh-ready';
  constructor(detail: ReadyEvent['detail']) {
    super(ReadyEvent.eventName, { ...OPTIONS, detail });
  }
}

/** Fired when the state or the origin of what is shown changes. */
export class StatusChangeEvent extends CustomEvent<{
  readonly status: SourceState;
  readonly origin: SourceOrigin;
  readonly previous: SourceState;
  readonly venues: readonly VenueStatus[];
}> {
  static readonly eventName = 'lh-status-change';
  constructor(detail: StatusChangeEvent['detail']) {
    super(StatusChangeEvent.eventName, { ...OPTIONS, detail });
  }
}

/** A summary of the present, at most once a second. Prices in the quote currency. */
export class UpdateEvent extends CustomEvent<{
  readonly symbol: string;
  readonly time: UnixMs;
  readonly lastPrice: Price;
  readonly mark: Price;
  readonly isRelative: boolean;
}> {
  static readonly eventName = 'lh-update';
  constructor(detail: UpdateEvent['detail']) {
    super(UpdateEvent.eventName, { ...OPTIONS, detail });
  }
}

/** The crosshair moved; at most once a painted frame. `time` and `price` are null when it left. */
export class CursorMoveEvent extends CustomEvent<{
  readonly time: UnixMs | null;
  readonly price: Price | null;
  readonly density: { readonly long: Usd; readonly short: Usd } | null;
}> {
  static readonly eventName = 'lh-cursor-move';
  constructor(detail: CursorMoveEvent['detail']) {
    super(CursorMoveEvent.eventName, { ...OPTIONS, detail });
  }
}

/** The reader or the page chose a cluster; `cluster` is null when none is chosen any more. */
export class ClusterSelectEvent extends CustomEvent<{ readonly cluster: Cluster | null }> {
  static readonly eventName = 'lh-cluster-select';
  constructor(detail: ClusterSelectEvent['detail']) {
    super(ClusterSelectEvent.eventName, { ...OPTIONS, detail });
  }
}

/** The visible part of time and price changed by a gesture, a key, a button or a method. */
export class RangeChangeEvent extends CustomEvent<{
  readonly from: UnixMs;
  readonly to: UnixMs;
  readonly low: Price;
  readonly high: Price;
}> {
  static readonly eventName = 'lh-range-change';
  constructor(detail: RangeChangeEvent['detail']) {
    super(RangeChangeEvent.eventName, { ...OPTIONS, detail });
  }
}

/** Something is wrong; `field` names the attribute or the place, `message` the rule that was broken. */
export class HeatmapErrorEvent extends CustomEvent<{
  readonly code: string;
  readonly field: string;
  readonly message: string;
  readonly recoverable: boolean;
}> {
  static readonly eventName = 'lh-error';
  constructor(detail: HeatmapErrorEvent['detail']) {
    super(HeatmapErrorEvent.eventName, { ...OPTIONS, detail });
  }
}

/** Something was replaced or left out; the element goes on. */
export class HeatmapWarningEvent extends CustomEvent<{
  readonly code: string;
  readonly message: string;
  readonly path: string;
}> {
  static readonly eventName = 'lh-warning';
  constructor(detail: HeatmapWarningEvent['detail']) {
    super(HeatmapWarningEvent.eventName, { ...OPTIONS, detail });
  }
}
