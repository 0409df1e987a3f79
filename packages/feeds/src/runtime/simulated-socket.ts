import { onAbort } from './abort.js';
import { MessageBuffer } from './message-buffer.js';
import type { Socket } from './runtime.js';
import type { VirtualClock } from './virtual-clock.js';

/** The venue's end of a simulated socket. */
export interface ServerSocket {
  readonly url: string;
  readonly isOpen: boolean;
  /** What the client has sent, oldest first. */
  readonly received: readonly string[];
  send(text: string): void;
  close(code: number, reason?: string): void;
  onText(listener: (text: string) => void): void;
}

/** Both ends of a simulated socket; `ended` is called once, whoever closes. */
export function simulatedSocket(
  url: string,
  clock: VirtualClock,
  signal: AbortSignal,
  ended: () => void,
): { client: Socket; server: ServerSocket } {
  const buffer = new MessageBuffer();
  const received: string[] = [];
  const listeners: ((text: string) => void)[] = [];
  let isOpen = true;
  const finish = (): void => {
    if (!isOpen) return;
    isOpen = false;
    unlink();
    ended();
  };
  const client: Socket = {
    send: (text) => {
      if (!isOpen) return;
      received.push(text);
      for (const listener of listeners) listener(text);
    },
    close: () => {
      buffer.discard({ code: 1000, reason: 'closed by us' });
      finish();
    },
    get closed() {
      return buffer.closed;
    },
    [Symbol.asyncIterator]: () => buffer[Symbol.asyncIterator](),
  };
  let unlink: () => void = () => undefined;
  unlink = onAbort(signal, () => client.close());
  const server: ServerSocket = {
    url,
    get isOpen() {
      return isOpen;
    },
    received,
    send: (text) => {
      if (isOpen && !buffer.push(text, clock.now)) finish();
    },
    close: (code, reason = '') => {
      buffer.end({ code, reason });
      finish();
    },
    onText: (listener) => void listeners.push(listener),
  };
  return { client, server };
}
