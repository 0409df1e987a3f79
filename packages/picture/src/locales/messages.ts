import type { en } from './en.js';

/** Name of a text that a reader can see. */
export type MessageKey = keyof typeof en;

/** All texts of one language. A text may hold places such as `{age}`; `fill` puts values there. */
export type Messages = Readonly<Record<MessageKey, string>>;

/** Puts values into the places `{name}` of a text; a place without a value stays as it is. */
export function fill(template: string, values: Readonly<Record<string, string>>): string {
  return template.replace(/\{(\w+)\}/g, (place, name: string) => values[name] ?? place);
}
