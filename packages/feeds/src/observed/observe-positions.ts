import { MS_PER_SECOND, malformed, parsed, type DurationMs, type Fault, type Parsed } from '@liquidation-heatmap/core';
import { openVenues } from '../open-venues.js';
import { recordingRuntime } from '../recording/recorder.js';
import { childController } from '../runtime/abort.js';
import type { Runtime } from '../runtime/runtime.js';
import { VENUE } from '../venues/hyperliquid/instruments.js';
import type { ObserveOptions } from './observe-options.js';
import type { ObservedSnapshot } from './observed-snapshot.js';
import { createPositionObserver, type OnTrouble, type PositionObserver } from './position-observer.js';

const EVERY_MS = 5 * MS_PER_SECOND;

/** What is to be observed, and how often it is told. */
export interface ObserveRequest extends ObserveOptions {
  /** Time between two snapshots of a symbol; default 5 s. */
  readonly everyMs?: DurationMs;
  /** Told of every fault as it happens. */
  readonly onTrouble?: OnTrouble;
}

/**
 * Snapshots of what known addresses hold on Hyperliquid, a stream apart from the market's events. Reads the venue's marks, open
 * interest and, where addresses are to be learned, its trades itself. Ends only when the signal aborts. A program that reads the venue
 * anyway and wants to learn addresses spares a second connection with `createPositionObserver`: it tells the observer what it reads.
 */
export function observePositions(
  request: ObserveRequest,
  runtime: Runtime,
  signal: AbortSignal,
): Parsed<AsyncGenerator<ObservedSnapshot>> {
  const { everyMs = EVERY_MS as DurationMs, onTrouble = () => undefined } = request;
  if (!(everyMs >= MS_PER_SECOND && Number.isFinite(everyMs)))
    return malformed(
      'bad-number',
      'everyMs',
      `everyMs must be at least ${String(MS_PER_SECOND)}, was ${String(everyMs)}`,
    );
  const heard: { observer?: PositionObserver } = {};
  // One runtime for addresses and market data, so that a pause asked of one is kept by the other.
  const hearing =
    (request.learn ?? 0) === 0
      ? runtime
      : recordingRuntime(runtime, (message) => {
          if (message.kind === 'in') heard.observer?.onFrame(message.text);
        });
  const observer = createPositionObserver(request, hearing, onTrouble);
  if (!observer.ok) return observer;
  heard.observer = observer.value;
  return parsed(observe(observer.value, request.symbols, everyMs, hearing, onTrouble, signal));
}

async function* observe(
  observer: PositionObserver,
  symbols: readonly string[],
  everyMs: DurationMs,
  runtime: Runtime,
  onTrouble: OnTrouble,
  signal: AbortSignal,
): AsyncGenerator<ObservedSnapshot> {
  const { controller, unlink } = childController(signal);
  const inner = controller.signal;
  const parts = [
    observer.run(inner),
    ...symbols.map((symbol) => tellMarket(observer, symbol, runtime, onTrouble, inner)),
  ];
  // A bug in a part ends the stream, and is thrown where the stream is read.
  const done = Promise.all(parts).finally(() => controller.abort());
  done.catch(() => undefined);
  try {
    while (!inner.aborted) {
      await runtime.sleep(everyMs, inner);
      if (inner.aborted) break;
      for (const symbol of symbols) yield observer.snapshot(symbol);
    }
  } finally {
    controller.abort();
    unlink();
    await done;
  }
}

async function tellMarket(
  observer: PositionObserver,
  symbol: string,
  runtime: Runtime,
  onTrouble: OnTrouble,
  signal: AbortSignal,
): Promise<void> {
  // The book too: it tells the venue's time, without which no open interest is told, even where nobody trades.
  const request = {
    symbol,
    venues: [VENUE],
    historyMs: 0 as DurationMs,
    intervalMs: MS_PER_SECOND as DurationMs,
  } as const;
  for await (const event of openVenues(request, runtime, signal)) {
    observer.onEvent(event);
    if (event.kind === 'status' && event.state === 'unavailable') onTrouble(unread(symbol, event.detail));
  }
}

function unread(symbol: string, detail: string): Fault {
  return { code: 'unavailable', field: 'symbols', message: `${symbol} cannot be read: ${detail}` };
}
