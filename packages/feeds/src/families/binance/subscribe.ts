import { malformed, parsed, type Channel, type Parsed, type DataRate } from '@liquidation-heatmap/core';
import type { SocketPlan } from '../../live/socket-plan.js';
import type { StreamClass } from './endpoints.js';
import type { LineAddress } from './line.js';

/** On which path a stream flows. A wrong path acknowledges the subscription and then sends nothing, so unknown names are errors. */
const CLASS_OF_KIND = new Map<string, StreamClass>([
  ['depth', 'public'],
  ['rpiDepth', 'public'],
  ['bookTicker', 'public'],
  ['trade', 'public'],
  ['aggTrade', 'market'],
  ['markPrice', 'market'],
  ['kline', 'market'],
  ['continuousKline', 'market'],
  ['markPriceKline', 'market'],
  ['indexPriceKline', 'market'],
  ['ticker', 'market'],
  ['miniTicker', 'market'],
  ['forceOrder', 'market'],
  ['contractInfo', 'market'],
]);

const CHANNEL_OF_KIND = new Map<string, Channel>([
  ['depth', 'book'],
  ['aggTrade', 'trades'],
  ['markPrice', 'mark'],
  ['forceOrder', 'liquidations'],
]);

/** Streams that send at least once a second while the venue works; the others may be silent for long. */
const SPEAKING_KINDS: readonly string[] = ['depth', 'markPrice'];

/**
 * Streams the estimate needs of a symbol. `aggTrade` carries every trade once; `trade` would count them twice. The book comes in batches
 * of a tenth of a second. Marks without a pace come every three seconds.
 */
export function streamsOf(ownSymbol: string, rate: DataRate = 'full'): readonly string[] {
  const name = ownSymbol.toLowerCase();
  const mark = rate === 'lite' ? 'markPrice' : 'markPrice@1s';
  return [`${name}@depth@100ms`, `${name}@aggTrade`, `${name}@${mark}`, `${name}@forceOrder`];
}

/** The path class of a stream; an error for a name the table does not know. */
export function classOfStream(stream: string): Parsed<StreamClass> {
  const found = CLASS_OF_KIND.get(kindOf(stream));
  if (found !== undefined) return parsed(found);
  return malformed(
    'unknown-stream',
    'stream',
    `${stream} is no known Binance stream; known kinds are ${[...CLASS_OF_KIND.keys()].join(', ')}`,
  );
}

/** The channel a stream feeds; undefined where the estimate does not use it. */
export function channelOfStream(stream: string): Channel | undefined {
  return CHANNEL_OF_KIND.get(kindOf(stream));
}

/** True for streams whose silence means trouble. */
export function mustSpeak(stream: string): boolean {
  return SPEAKING_KINDS.includes(kindOf(stream));
}

/**
 * Sorts streams onto the sockets they flow on, one subscription frame each (the venue allows ten frames a second); a line that is not
 * split has one socket.
 */
export function socketPlans(line: LineAddress, streams: readonly string[]): Parsed<readonly SocketPlan[]> {
  const byPath = new Map<string, string[]>();
  for (const stream of streams) {
    const streamClass = classOfStream(stream);
    if (!streamClass.ok) return streamClass;
    const path = line.isSplit ? `/${streamClass.value}/stream` : '/stream';
    byPath.set(path, [...(byPath.get(path) ?? []), stream]);
  }
  return parsed(
    [...byPath].map(([path, params]) => ({
      url: `${line.socketBase}${path}`,
      streams: params.map((name) => ({ name, channel: channelOfStream(name), mustSpeak: mustSpeak(name) })),
      hello: [JSON.stringify({ method: 'SUBSCRIBE', params, id: 1 })],
    })),
  );
}

/** Name of the stream a frame of a combined socket belongs to; undefined for acks and errors. Reads no further than the name. */
export function streamOfFrame(text: string): string | undefined {
  return /^\{"stream":"([^"]+)"/.exec(text)?.[1];
}

/** `depth` of `btcusdt@depth20@100ms`, `kline` of `btcusdt@kline_1m`, `forceOrder` of `!forceOrder@arr`. */
function kindOf(stream: string): string {
  const kind = stream.startsWith('!') ? stream.slice(1).split('@')[0] : stream.split('@')[1];
  return (kind ?? '').replace(/_.*$/, '').replace(/^depth\d+$/, 'depth');
}
