import { SimulatedWorld, type SimulatedAnswer, type SimulatedHost } from '../src/runtime/simulated.js';
import { createPositionObserver, type PositionObserver } from '../src/observed/position-observer.js';
import type { ObserveOptions } from '../src/observed/observe-options.js';
import type { ObservedSnapshot } from '../src/observed/observed-snapshot.js';
import type { ContractSize, Fault, MarketEvent, Price, UnixMs } from '@liquidation-heatmap/core';

/** 2026-11-20 00:00:00 UTC. */
export const START = 1_795_132_800_000 as UnixMs;

/** Address number `n`. */
export function addressOf(n: number): string {
  return `0x${n.toString(16).padStart(40, '0')}`;
}

/** One of `assetPositions`, as the venue's page describes it: signed size in coin, a long above 0. */
export function position(coin: string, szi: string, liquidationPx: string | null, more: object = {}): object {
  return {
    type: 'oneWay',
    position: { coin, szi, entryPx: '60000.0', liquidationPx, leverage: { type: 'cross', value: 10 }, ...more },
  };
}

/** A venue that knows what addresses hold, and when each was asked for. */
export class PositionsHost implements SimulatedHost {
  readonly held = new Map<string, readonly object[]>();
  readonly asked: { readonly at: number; readonly user: string }[] = [];
  /** Answers instead of the positions, where it gives an answer. */
  instead: (user: string) => SimulatedAnswer | undefined = () => undefined;
  now: () => number = () => START;

  admits(): 'refuse' {
    return 'refuse';
  }

  accepted(): void {
    // No socket is admitted.
  }

  answer(_url: string, body = '{}'): SimulatedAnswer {
    const { type, user = '' } = JSON.parse(body) as { readonly type: string; readonly user?: string };
    if (type !== 'clearinghouseState') return { status: 422, body: '' };
    this.asked.push({ at: this.now() - START, user });
    const assetPositions = this.held.get(user) ?? [];
    return (
      this.instead(user) ?? { status: 200, body: JSON.stringify({ assetPositions, time: this.now() }), delayMs: 40 }
    );
  }
}

/** An observer of BTC reading such a venue in virtual time. */
export function observing(options: Partial<ObserveOptions> = {}): {
  readonly host: PositionsHost;
  readonly world: SimulatedWorld;
  readonly observer: PositionObserver;
  readonly troubles: Fault[];
  readonly abort: AbortController;
  readonly running: Promise<void>;
  snapshot(): ObservedSnapshot;
} {
  const host = new PositionsHost();
  const world = new SimulatedWorld(host, START);
  host.now = () => world.now();
  const troubles: Fault[] = [];
  const made = createPositionObserver(
    { symbols: ['BTCUSDT'], addresses: [addressOf(1)], ...options },
    world.runtime,
    (fault) => void troubles.push(fault),
  );
  if (!made.ok) throw new Error(made.fault.message);
  const observer = made.value;
  const abort = new AbortController();
  const running = Promise.resolve().then(() => observer.run(abort.signal));
  return { host, world, observer, troubles, abort, running, snapshot: () => observer.snapshot('BTCUSDT') };
}

/** Open interest of one side, in coin, and a mark. */
export function market(size: number, mark: number, seenTime: number): readonly MarketEvent[] {
  const at = { instrument: 'hyperliquid:BTC', eventTime: seenTime as UnixMs, seenTime: seenTime as UnixMs } as const;
  return [
    { kind: 'open-interest', ...at, size: size as ContractSize },
    { kind: 'mark', ...at, price: mark as Price },
  ];
}
