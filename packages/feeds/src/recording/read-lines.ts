/** A source of bytes or text, e.g. a file stream or the body of an answer. */
export type Chunks = AsyncIterable<Uint8Array | string> | Iterable<Uint8Array | string>;

/** Turns compressed bytes into plain ones: `zlib` in Node, `DecompressionStream` in a page; whoever knows the place provides it. */
export type Decompress = (chunks: AsyncIterable<Uint8Array>) => AsyncIterable<Uint8Array>;

/** Lines of a text that comes in chunks, without holding more than one chunk and one line; empty lines are left out. */
export async function* readLines(chunks: Chunks): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of chunks) {
    const text = typeof chunk === 'string' ? chunk : decoder.decode(chunk, { stream: true });
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) if (line.trim() !== '') yield line;
  }
  rest += decoder.decode();
  if (rest.trim() !== '') yield rest;
}

/** True when the bytes begin as gzip does (RFC 1952: 1f 8b). */
export function isGzip(head: Uint8Array): boolean {
  return head[0] === 0x1f && head[1] === 0x8b;
}

/** Passes plain chunks on and sends gzip ones through `decompress`; the first bytes decide, not the name. */
export async function* gunzipped(
  chunks: AsyncIterable<Uint8Array>,
  decompress: Decompress,
): AsyncGenerator<Uint8Array> {
  const source = chunks[Symbol.asyncIterator]();
  const first = await source.next();
  if (first.done === true) return;
  const whole = resumed(first.value, source);
  yield* isGzip(first.value) ? decompress(whole) : whole;
}

async function* resumed(first: Uint8Array, rest: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield first;
    for (let next = await rest.next(); next.done !== true; next = await rest.next()) yield next.value;
  } finally {
    await rest.return?.();
  }
}
