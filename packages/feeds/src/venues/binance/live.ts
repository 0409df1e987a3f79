import { malformed, parsed, type Instrument, type MarketEvent, type Parsed } from '@liquidation-heatmap/core';
import { EventQueue } from '../../combine/event-queue.js';
import type { History, LiveRequest, LiveVenue } from '../../live-venue.js';
import type { Runtime } from '../../runtime/runtime.js';
import { readHistory } from './history.js';
import { TABLED_SYMBOLS, tabledInstrument } from './instruments.js';
import { BinanceLiveSession } from './live-session.js';
import { BinanceRest } from './rest.js';
import { socketPlans, streamsOf } from './subscribe.js';

/** Binance USDS-M futures, live. */
export const binanceLive: LiveVenue = {
  venue: 'binance',
  history: async (request, runtime, signal) => {
    const rest = new BinanceRest(runtime, () => undefined);
    const [spec, time] = await Promise.all([findInstrument(request.symbol, runtime, rest, signal), rest.time(signal)]);
    if (!spec.ok || request.historyMs <= 0) return { events: [], barsEnd: undefined, shortfalls: [] };
    return readHistory(spec.value, request, time.ok ? time.value : runtime.now(), rest, signal);
  },
  live: (request, past, runtime, signal) => {
    const queue = new EventQueue<MarketEvent>();
    run(request, past, runtime, queue, signal).then(
      () => queue.end(),
      (bug: unknown) => queue.fail(bug),
    );
    return queue;
  },
  probe: (runtime, signal) => new BinanceRest(runtime, () => undefined).ping(signal),
};

async function run(
  request: LiveRequest,
  past: Promise<History>,
  runtime: Runtime,
  queue: EventQueue<MarketEvent>,
  signal: AbortSignal,
): Promise<void> {
  const spec = await findInstrument(request.symbol, runtime, new BinanceRest(runtime, () => undefined), signal);
  if (signal.aborted) return;
  const plans = spec.ok ? socketPlans(streamsOf(spec.value.ownSymbol)) : spec;
  if (!spec.ok || !plans.ok) {
    const time = runtime.now();
    const detail = plans.ok ? '' : plans.fault.message;
    queue.push({
      kind: 'status',
      venue: 'binance',
      channel: 'connection',
      state: 'unavailable',
      detail,
      eventTime: time,
      seenTime: time,
    });
    return;
  }
  const session = new BinanceLiveSession(spec.value, plans.value, runtime, queue);
  await session.run(request.historyMs > 0 ? past.then(({ barsEnd }) => barsEnd) : undefined, signal);
}

/** The contract of a symbol: from the table of well-known ones, else from the venue's own list. */
async function findInstrument(
  symbol: string,
  runtime: Runtime,
  rest: BinanceRest,
  signal: AbortSignal,
): Promise<Parsed<Instrument>> {
  const tabled = tabledInstrument(symbol, runtime.now());
  if (tabled !== undefined) return parsed(tabled);
  const listed = await rest.instruments(signal);
  if (!listed.ok)
    return malformed(
      listed.fault.code,
      'symbol',
      `${symbol} could not be looked up on Binance: ${listed.fault.message}`,
    );
  const spec = listed.value.find((candidate) => candidate.symbol === symbol);
  if (spec !== undefined) return parsed(spec);
  const known = [...new Set([...TABLED_SYMBOLS, ...listed.value.map((candidate) => candidate.symbol)])];
  const shown = known.slice(0, 10).join(', ');
  const more = known.length > 10 ? ` and ${String(known.length - 10)} more` : '';
  return malformed('unknown-symbol', 'symbol', `Binance USDS-M lists no perpetual ${symbol}; it lists ${shown}${more}`);
}
