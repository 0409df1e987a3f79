import type { Channel, ChannelState, Instrument, MarketEvent, UnixMs } from '@liquidation-heatmap/core';
import { ChannelWatch } from '../connection/channel-watch.js';
import { Connection } from '../connection/connection.js';
import type { SilenceRule } from '../connection/heartbeat.js';
import type { Runtime } from '../runtime/runtime.js';
import { SpotReading } from './spot-reading.js';
import { spotAssetOf, type SpotWire } from './spot-wire.js';

/** Spot pairs of the smaller assets may rest for some seconds at night. */
const SILENCE: SilenceRule = { amberMs: 30_000, staleMs: 120_000 };
/** A socket that has been silent this long is opened anew. */
const RECONNECT_MS = 60_000;
const WATCH_EVERY_MS = 1_000;
const CHANNEL: Channel = 'spot';

/** What the spot feed needs of the venue's contract being read. */
export interface SpotUse {
  /** In sentences. */
  readonly name: string;
  /** Absent where the venue's spot market is not read. */
  readonly wire: SpotWire | undefined;
  readonly spec: Instrument;
  readonly rotateAfterMs: number;
  /** A time of this machine on the venue's clock; undefined until the contract is listed, before which nothing is told. */
  seenTimeOf(time: UnixMs): UnixMs | undefined;
  push(event: MarketEvent): void;
  /** Pending when the consumer is behind. */
  ready(): Promise<void> | undefined;
}

/**
 * Reads the last price of an asset's spot pair beside its contract, over a socket of its own until the signal aborts. Whatever happens
 * to it is told of the channel `spot` and concerns no other.
 */
export async function runSpot(use: SpotUse, runtime: Runtime, signal: AbortSignal): Promise<void> {
  const { wire, spec, name } = use;
  const tell = (state: ChannelState, detail: string): void => {
    const seenTime = use.seenTimeOf(runtime.now());
    if (seenTime === undefined) return;
    use.push({ kind: 'status', venue: spec.venue, channel: CHANNEL, state, detail, eventTime: seenTime, seenTime });
  };
  while (use.seenTimeOf(runtime.now()) === undefined && !signal.aborted) await runtime.sleep(WATCH_EVERY_MS, signal);
  if (signal.aborted) return;
  const asset = spotAssetOf(spec.symbol);
  if (wire === undefined || asset === undefined) {
    const what = wire === undefined ? `of ${name}` : `of ${spec.symbol}`;
    tell('unavailable', `no spot price ${what} is read`);
    return;
  }
  const watch = new ChannelWatch(spec.venue, [{ channel: CHANNEL, rule: SILENCE }], runtime.now());
  const connection = connectionOf(use, wire, wire.pairOf(asset), watch, tell, runtime);
  await Promise.all([
    connection.run(signal),
    watchSilence(watch, connection, tell, runtime, signal),
    followPresence(connection, runtime, signal),
  ]);
}

function connectionOf(
  use: SpotUse,
  wire: SpotWire,
  pair: string,
  watch: ChannelWatch,
  tell: (state: ChannelState, detail: string) => void,
  runtime: Runtime,
): Connection {
  const { url, keepAlive } = wire;
  const reading = new SpotReading(wire, pair, use.spec.id, tell);
  const pushAll = (events: readonly MarketEvent[]): void => events.forEach((event) => use.push(event));
  const options = {
    url,
    hello: wire.hello(pair),
    isData: (text: string) => wire.isData(text),
    rotateAfterMs: use.rotateAfterMs,
    ...(keepAlive === undefined ? {} : { keepAlive }),
  };
  const listener = {
    beforeAttempt: async (_vain: number, signal: AbortSignal) => runtime.presence?.until(false, signal),
    opened: () => undefined,
    rotated: () => undefined,
    frame: (text: string, _generation: number, receiveTime: UnixMs) => {
      const seenTime = use.seenTimeOf(receiveTime);
      if (seenTime === undefined) return;
      const events = reading.onText(text, seenTime);
      if (events.length > 0) watch.heard(CHANNEL, receiveTime);
      pushAll(events);
    },
    lost: (reason: string) => {
      const seenTime = use.seenTimeOf(runtime.now());
      if (seenTime !== undefined) pushAll(reading.onCut(seenTime, reason));
    },
    ready: () => use.ready(),
  };
  // Recordings are of the contract's market: frames of both look alike on some venues.
  const aside: Runtime = { ...runtime, connect: (address, signal) => runtime.connect(address, signal, true) };
  return new Connection(options, listener, aside);
}

/** Nobody sees the page: the socket is given back until somebody does again. */
async function followPresence(connection: Connection, { presence }: Runtime, signal: AbortSignal): Promise<void> {
  while (presence !== undefined && !signal.aborted) {
    await presence.until(true, signal);
    if (signal.aborted) return;
    connection.restart('paused while nobody sees the page');
    await presence.until(false, signal);
  }
}

async function watchSilence(
  watch: ChannelWatch,
  connection: Connection,
  tell: (state: ChannelState, detail: string) => void,
  runtime: Runtime,
  signal: AbortSignal,
): Promise<void> {
  let restartedAt = runtime.now();
  while (!signal.aborted) {
    await runtime.presence?.until(false, signal);
    const now = runtime.now();
    for (const { state, detail } of watch.changes(now)) tell(state, detail);
    if (watch.silentMs(CHANNEL, now) >= RECONNECT_MS && now - restartedAt >= RECONNECT_MS) {
      restartedAt = now;
      connection.restart('no spot price for 60 s');
    }
    await runtime.sleep(WATCH_EVERY_MS, signal);
  }
}
