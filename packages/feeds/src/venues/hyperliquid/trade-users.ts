import { isObject } from '../../wire-fields.js';

/** Frames of trades begin so; all others are not worth parsing a second time. */
const TRADES_FRAME = '{"channel":"trades"';

/**
 * Who traded, as a frame of public trades names buyers and sellers (`users`, recorded 2025-01-26). Texts as sent, doubles included; none
 * for any other frame and for one that cannot be read: the session that reads the same frame tells its faults.
 */
export function tradeUsers(frame: string): readonly string[] {
  if (!frame.startsWith(TRADES_FRAME)) return [];
  let data: unknown;
  try {
    data = (JSON.parse(frame) as { readonly data?: unknown }).data;
  } catch {
    return [];
  }
  if (!Array.isArray(data)) return [];
  return (data as readonly unknown[]).flatMap((trade) => {
    const users = isObject(trade) ? trade['users'] : undefined;
    return Array.isArray(users) ? users.filter((user) => typeof user === 'string') : [];
  });
}
