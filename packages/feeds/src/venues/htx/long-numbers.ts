/** Integers of this many digits may not fit a double. */
const LONG = /\d{16}/;
/** A text, which is passed over, or a whole number of JSON; numbers with a point or an exponent are taken whole and left alone. */
const TOKEN = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;
const LONG_INTEGER = /^-?\d{16,}$/;

/** The value of a JSON text whose integers of 16 digits and more are texts, so that no id loses its end; undefined when it is no JSON. */
export function jsonWithLongIds(text: string): unknown {
  try {
    return JSON.parse(LONG.test(text) ? text.replace(TOKEN, quoted) : text) as unknown;
  } catch {
    return undefined;
  }
}

function quoted(token: string): string {
  return LONG_INTEGER.test(token) ? `"${token}"` : token;
}
