import { WebSocket } from 'ws';
import { aborted } from './abort.js';
import { ConnectionFault } from './connection-fault.js';
import { hostFetchText, hostNow, hostSleep } from './host-clock.js';
import type { Runtime } from './runtime.js';
import { openSocket } from './web-socket.js';

/** The runtime of a Node process. Own entry of the package, so that no page ever downloads `ws`. */
export function nodeRuntime(): Runtime {
  return {
    now: hostNow,
    random: () => Math.random(),
    sleep: hostSleep,
    connect: async (url, signal) => {
      if (signal.aborted) throw new ConnectionFault('aborted', 'aborted');
      return openSocket(
        new WebSocket(url, { handshakeTimeout: 10_000 }),
        url,
        { now: hostNow, sleep: hostSleep },
        signal,
      );
    },
    fetchText: hostFetchText,
    // Node has no such hint: the backoff decides.
    whenOnline: aborted,
  };
}
