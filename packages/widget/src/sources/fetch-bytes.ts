import { SourceFault } from './job.js';

/** Fetches a file and unpacks gzip where the server has not: the first two bytes tell (RFC 1952). */
export async function fetchUnpacked(
  url: string,
  signal: AbortSignal,
): Promise<ReadableStream<Uint8Array<ArrayBuffer>>> {
  const response = await request(url, signal);
  if (!response.ok || response.body === null) throw unreachable(url, `HTTP ${response.status}`);
  const { first, rest } = await peek(response.body as ReadableStream<Uint8Array<ArrayBuffer>>);
  const isGzip = first !== undefined && first[0] === 0x1f && first[1] === 0x8b;
  const whole = joined(first, rest);
  return isGzip
    ? (whole.pipeThrough(new DecompressionStream('gzip')) as ReadableStream<Uint8Array<ArrayBuffer>>)
    : whole;
}

/** The whole file as one array. */
export async function fetchBytes(url: string, signal: AbortSignal): Promise<Uint8Array> {
  const stream = await fetchUnpacked(url, signal);
  try {
    return new Uint8Array(await new Response(stream).arrayBuffer());
  } catch (thrown) {
    if (signal.aborted) throw thrown;
    throw new SourceFault({
      code: 'corrupt-source',
      field: 'src',
      message: `src must be a whole gzip file, but ${url} breaks off or is damaged`,
    });
  }
}

/** The lines of a text file, without line ends; the last one may lack its end. */
export async function* fetchLines(url: string, signal: AbortSignal): AsyncGenerator<string> {
  const stream = await fetchUnpacked(url, signal);
  const reader = stream.pipeThrough(new TextDecoderStream()).getReader();
  let left = '';
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      const lines = (left + value).split('\n');
      left = lines.pop() ?? '';
      yield* lines;
    }
    if (left !== '') yield left;
  } catch (thrown) {
    if (signal.aborted) return;
    throw thrown instanceof TypeError
      ? new SourceFault({
          code: 'corrupt-source',
          field: 'src',
          message: `src must be a whole gzip file, but ${url} breaks off or is damaged`,
        })
      : thrown;
  } finally {
    reader.cancel().catch(() => undefined);
  }
}

async function request(url: string, signal: AbortSignal): Promise<Response> {
  try {
    return await fetch(url, { signal });
  } catch (thrown) {
    if (signal.aborted) throw thrown;
    throw unreachable(url, 'no answer; the address may be wrong, offline, or missing from connect-src');
  }
}

function unreachable(url: string, reason: string): SourceFault {
  return new SourceFault({
    code: 'unreachable-source',
    field: 'src',
    message: `src must be reachable, but ${url} gave ${reason}`,
  });
}

interface Peeked {
  readonly first: Uint8Array<ArrayBuffer> | undefined;
  readonly rest: ReadableStreamDefaultReader<Uint8Array<ArrayBuffer>>;
}

async function peek(body: ReadableStream<Uint8Array<ArrayBuffer>>): Promise<Peeked> {
  const rest = body.getReader();
  const { value } = await rest.read();
  return { first: value, rest };
}

function joined(
  first: Uint8Array<ArrayBuffer> | undefined,
  rest: ReadableStreamDefaultReader<Uint8Array<ArrayBuffer>>,
): ReadableStream<Uint8Array<ArrayBuffer>> {
  return new ReadableStream({
    start(controller) {
      if (first !== undefined) controller.enqueue(first);
    },
    async pull(controller) {
      const { done, value } = await rest.read();
      if (done) controller.close();
      else controller.enqueue(value);
    },
    cancel: (reason) => rest.cancel(reason),
  });
}
