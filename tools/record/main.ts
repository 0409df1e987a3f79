import { nodeRuntime } from '@liquidation-heatmap/feeds/node';
import { redirectedRuntime } from '@liquidation-heatmap/feeds';
import { ToolFault, toFault } from '../tool-fault.js';
import { USAGE, readRecordArguments, type RecordRequest } from './record-arguments.js';
import { recordSession, type RecordedSession } from './record-session.js';
import { verifyRecording } from './verify-recording.js';

const PROGRESS_EVERY_MS = 5_000;

function progressOf({ venue, symbol, file, events, state }: RecordedSession): string {
  const counts = [...events].filter(([kind]) => kind !== 'tick' && kind !== 'status');
  const told = counts.map(([kind, count]) => `${kind} ${String(count)}`).join(', ');
  return `${venue} ${symbol}: ${String(file.lines)} lines, ${state}${told === '' ? '' : ` (${told})`}`;
}

async function record(request: RecordRequest): Promise<number> {
  const runtime = request.via === undefined ? nodeRuntime() : redirectedRuntime(nodeRuntime(), request.via);
  const abort = new AbortController();
  const stop = (): void => abort.abort();
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  const timer = setTimeout(stop, request.minutes * 60_000);
  const sessions = request.venues.flatMap((venue) =>
    request.symbols.map((symbol) =>
      recordSession(venue, symbol, request.out, request.partBytes, runtime, abort.signal),
    ),
  );
  const progress = setInterval(() => {
    process.stdout.write(`${sessions.map(progressOf).join('\n')}\n\n`);
  }, PROGRESS_EVERY_MS);
  await Promise.all(sessions.map(({ done }) => done));
  clearTimeout(timer);
  clearInterval(progress);
  process.stdout.write(`${sessions.map(progressOf).join('\n')}\n`);
  const silent = sessions.filter(
    ({ events }) => ![...events.keys()].some((kind) => kind === 'trade' || kind === 'mark'),
  );
  return silent.length === sessions.length ? 1 : 0;
}

async function verify(paths: readonly string[]): Promise<number> {
  let broken = 0;
  for (const path of paths) {
    const verdict = await verifyRecording(path);
    if (!verdict.isWhole) broken += 1;
    const words = verdict.isWhole
      ? `${String(verdict.lines)} lines, chain whole`
      : `line ${String(verdict.line)} ${verdict.reason}`;
    process.stdout.write(`${path}: ${words}\n`);
  }
  return broken > 0 ? 1 : 0;
}

try {
  const request = readRecordArguments(process.argv.slice(2));
  if (request === undefined) process.stdout.write(`${USAGE}\n`);
  else process.exitCode = 'verify' in request ? await verify(request.verify) : await record(request);
} catch (cause) {
  if (!(cause instanceof ToolFault) && !(cause instanceof TypeError)) throw cause;
  process.stderr.write(`${toFault(cause).message}\n`);
  process.exitCode = 1;
}
