import { onAbort } from './abort.js';
import { hostFetchText, hostNow, hostSleep } from './host-clock.js';
import { Presence } from './presence.js';
import type { Runtime } from './runtime.js';
import { openSocket, type WebSocketLike } from './web-socket.js';
import { ConnectionFault } from './connection-fault.js';

/** A widget whose range or interval changes opens its venues again within this time, ms. */
const LINGER_MS = 2_000;

/** The runtime of a page or a worker, which says through `presence` whether somebody can see it. */
export function browserRuntime(): Runtime & { readonly presence: Presence } {
  return {
    presence: new Presence(),
    lingerMs: LINGER_MS,
    now: hostNow,
    random: () => Math.random(),
    sleep: hostSleep,
    connect: async (url, signal) => {
      if (signal.aborted) throw new ConnectionFault('aborted', 'aborted');
      return openSocket(createWebSocket(url), url, { now: hostNow, sleep: hostSleep }, signal);
    },
    fetchText: hostFetchText,
    whenOnline: (signal) =>
      new Promise((resolve) => {
        const done = (): void => {
          globalThis.removeEventListener('online', done);
          unlink();
          resolve();
        };
        let unlink: () => void = () => undefined;
        globalThis.addEventListener('online', done);
        unlink = onAbort(signal, done);
      }),
  };
}

// The constructor throws where the page's Content-Security-Policy or mixed content forbids the address.
function createWebSocket(url: string): WebSocketLike {
  try {
    return new WebSocket(url);
  } catch (cause) {
    throw new ConnectionFault(
      'refused',
      `This page may not connect to ${url}: ${cause instanceof Error ? cause.message : String(cause)}`,
    );
  }
}
