import { CLOSE_SLOW_READER } from '../runtime/message-buffer.js';
import type { SocketClose } from '../runtime/runtime.js';

/** RFC 6455, 7.4.1, and the registry behind it. */
const CODE_WORDS = new Map<number, string>([
  [1000, 'the venue closed the connection'],
  [1001, 'the venue went away'],
  [1006, 'the connection was cut'],
  [1008, 'the venue refused the connection by its policy'],
  [1009, 'the venue refused a frame as too big'],
  [1011, 'the venue had an internal error'],
  [1012, 'the venue is restarting'],
  [1013, 'the venue asks to try again later'],
  [CLOSE_SLOW_READER, 'this reader was too slow'],
]);

/** Least wait after codes that ask for patience: 1008 is how a venue answers too many messages, and repeating it ends in a ban. */
const CODE_PATIENCE_MS = new Map<number, number>([
  [1008, 30_000],
  [1013, 5_000],
]);

/** Why a socket ended, in words a reader understands. */
export function closeWords(close: SocketClose): string {
  const words = CODE_WORDS.get(close.code) ?? 'the connection ended';
  const reason = close.reason === '' ? '' : `: ${close.reason}`;
  return `${words} (code ${String(close.code)}${reason})`;
}

/** Least milliseconds to wait before the next attempt. */
export function closePatienceMs(close: SocketClose): number {
  return CODE_PATIENCE_MS.get(close.code) ?? 0;
}
