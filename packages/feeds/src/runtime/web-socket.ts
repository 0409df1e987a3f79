import type { UnixMs } from '@liquidation-heatmap/core';
import { onAbort } from './abort.js';
import { ConnectionFault } from './connection-fault.js';
import { CLOSE_SLOW_READER, MessageBuffer } from './message-buffer.js';
import type { Socket, SocketClose } from './runtime.js';

/** The part of the WHATWG WebSocket that browsers and `ws` share. */
export interface WebSocketLike {
  binaryType: string;
  readonly readyState: number;
  onopen: ((event: never) => void) | null;
  onmessage: ((event: never) => void) | null;
  onerror: ((event: never) => void) | null;
  onclose: ((event: never) => void) | null;
  send(text: string): void;
  close(code?: number, reason?: string): void;
}

const OPEN = 1;
/** A handshake that takes longer is given up: a half-open path otherwise holds the attempt for minutes. */
const HANDSHAKE_MS = 10_000;

interface Clock {
  now(): UnixMs;
  sleep(ms: number, signal: AbortSignal): Promise<void>;
}

/** Waits for the handshake of a fresh WebSocket and wraps it; rejects with a `ConnectionFault`. */
export function openSocket(raw: WebSocketLike, url: string, clock: Clock, signal: AbortSignal): Promise<Socket> {
  const buffer = new MessageBuffer();
  const handshake = new AbortController();
  raw.binaryType = 'arraybuffer';
  return new Promise<Socket>((resolve, reject) => {
    let isOpen = false;
    const fail = (kind: 'refused' | 'timeout' | 'aborted', message: string): void => {
      handshake.abort();
      unlink();
      end({ code: 1006, reason: message });
      reject(new ConnectionFault(kind, message));
    };
    const end = (close: SocketClose): void => {
      buffer.end(close);
      raw.close();
    };
    raw.onopen = () => {
      isOpen = true;
      handshake.abort();
      resolve(socket);
    };
    raw.onmessage = (event: { readonly data: unknown }) => {
      if (!buffer.push(frameData(event.data), clock.now())) raw.close(CLOSE_SLOW_READER);
    };
    // The reason of an error is hidden from pages; `close` follows with the code.
    raw.onerror = () => undefined;
    raw.onclose = (event: { readonly code: number; readonly reason: string }) => {
      unlink();
      if (isOpen) buffer.end({ code: event.code, reason: event.reason });
      else fail('refused', `${url} refused the connection (close code ${String(event.code)})`);
    };
    const socket: Socket = {
      send: (text) => {
        if (raw.readyState === OPEN) raw.send(text);
      },
      close: () => {
        unlink();
        buffer.discard({ code: 1000, reason: 'closed by us' });
        raw.close(1000);
      },
      get closed() {
        return buffer.closed;
      },
      [Symbol.asyncIterator]: () => buffer[Symbol.asyncIterator](),
    };
    const unlink = onAbort(signal, () => {
      if (isOpen) socket.close();
      else queueMicrotask(() => fail('aborted', 'aborted'));
    });
    void clock.sleep(HANDSHAKE_MS, handshake.signal).then(() => {
      if (!handshake.signal.aborted) fail('timeout', `${url} did not answer within ${String(HANDSHAKE_MS / 1_000)} s`);
    });
  });
}

function frameData(data: unknown): string | Uint8Array {
  if (typeof data === 'string') return data;
  return data instanceof ArrayBuffer ? new Uint8Array(data) : new Uint8Array(0);
}
