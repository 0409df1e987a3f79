import type { DurationMs } from '@liquidation-heatmap/core';
import { closeWords } from '../connection/close-code.js';
import type { HttpAnswer, Runtime, Socket, SocketMessage } from '../runtime/runtime.js';
import type { RecordedMessage } from './recording-format.js';

/**
 * A runtime that works like another and tells everything that crosses it: sockets opened and closed, frames in and out, REST bodies that
 * came with a good status; what is aside of the market is left out. What is told, in this order, replays to the same market.
 */
export function recordingRuntime(runtime: Runtime, tell: (message: RecordedMessage) => void): Runtime {
  return {
    ...runtime,
    connect: async (url, signal, isAside) => {
      const socket = await runtime.connect(url, signal, isAside);
      if (isAside === true) return socket;
      tell({ kind: 'open', time: runtime.now(), url });
      return recordedSocket(socket, url, runtime, tell, signal);
    },
    fetchText: async (url, signal, timeoutMs: DurationMs, body) => {
      const answer: HttpAnswer = await runtime.fetchText(url, signal, timeoutMs, body);
      const isGood = answer.status >= 200 && answer.status < 300;
      if (isGood && body === undefined) tell({ kind: 'rest', time: runtime.now(), url, text: answer.body });
      return answer;
    },
  };
}

function recordedSocket(
  socket: Socket,
  url: string,
  runtime: Runtime,
  tell: (message: RecordedMessage) => void,
  signal: AbortSignal,
): Socket {
  async function* frames(): AsyncGenerator<SocketMessage> {
    try {
      for await (const message of socket) {
        tell(messageOf(message));
        yield message;
      }
    } finally {
      const { closed } = socket;
      const text = closed === undefined ? 'the reader closed the connection' : closeWords(closed);
      // The end of the recording is no cut.
      if (!signal.aborted) tell({ kind: 'close', time: runtime.now(), url, text });
    }
  }
  return {
    send: (text) => {
      tell({ kind: 'out', time: runtime.now(), url, text });
      socket.send(text);
    },
    close: () => socket.close(),
    get closed() {
      return socket.closed;
    },
    [Symbol.asyncIterator]: () => frames(),
  };
}

function messageOf({ data, seenTime: time }: SocketMessage): RecordedMessage {
  if (typeof data === 'string') return { kind: 'in', time, text: data };
  return { kind: 'in-binary', time, base64: base64Of(data) };
}

function base64Of(bytes: Uint8Array): string {
  let letters = '';
  for (const byte of bytes) letters += String.fromCharCode(byte);
  return btoa(letters);
}
