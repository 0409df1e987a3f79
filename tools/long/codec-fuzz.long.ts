import fc from 'fast-check';
import {
  createEngine,
  createFrameStream,
  decodeMessage,
  encodeMessage,
  packMessages,
  unpackMessages,
  type FrameMessage,
} from '@liquidation-heatmap/core';
import { simulatedEvents } from '@liquidation-heatmap/simulator';
import { runBatches } from './batches.js';
import type { LongTest } from './long-test.js';
import { byteFaults, mutateBytes } from './mutate-bytes.js';

const FRAMES = 2_000_000;
const BATCH = 20_000;
/** Every so many runs a whole file is broken instead of one message: files are longer, so they cost more. */
const FILE_EVERY = 50;
const SNAPSHOT_TICK = 80;

/** Messages of a market that was really run through an engine: a snapshot, then twenty minutes of changes. */
function sentMessages(): FrameMessage[] {
  const options = { seed: 'codec-fuzz', symbol: 'BTCUSDT', startTime: Date.UTC(2026, 0, 5) };
  const engine = createEngine({ symbol: 'BTCUSDT', venues: ['simulated'] });
  const stream = createFrameStream(engine);
  const messages: FrameMessage[] = [];
  let ticks = 0;
  for (const event of simulatedEvents(options, { historyMs: 6 * 3_600_000, liveMs: 1_200_000 })) {
    engine.apply(event);
    if (event.kind !== 'tick') continue;
    ticks++;
    // History comes in bars, 72 of them; live messages begin behind it.
    if (ticks === SNAPSHOT_TICK) messages.push(stream.snapshot());
    else if (ticks > SNAPSHOT_TICK && ticks % 5 === 0) messages.push(...stream.drain());
  }
  return messages;
}

/** Reads bytes that may be anything; what is accepted must be a message that writes and reads as itself. */
function check(bytes: Uint8Array): 'accepted' | 'refused' {
  const first = decodeMessage(bytes);
  if (!first.ok) {
    if (first.fault.field === '' || first.fault.message === '') throw new Error('A fault must name its field and rule');
    return 'refused';
  }
  const written = encodeMessage(first.value);
  const second = decodeMessage(written);
  if (!second.ok) throw new Error(`An accepted message is refused when written again: ${second.fault.message}`);
  if (Buffer.compare(encodeMessage(second.value), written) !== 0) throw new Error('Writing again gave other bytes');
  return 'accepted';
}

function checkFile(bytes: Uint8Array): 'accepted files' | 'refused files' {
  return unpackMessages(bytes).ok ? 'accepted files' : 'refused files';
}

/** Fuzz of everything that reads codec bytes. */
export const longTest: LongTest = {
  name: 'codec-fuzz',
  law: 'any bytes give a message or a fault that names a field; what is accepted writes and reads as itself',
  seed: 20_260_105,
  run(context) {
    const messages = sentMessages();
    const sent = messages.map((message) => encodeMessage(message));
    const file = packMessages(messages.slice(0, 40));
    let slowestMs = 0;
    const tally = runBatches(context, context.count ?? FRAMES, BATCH, (seed, size) => {
      const counts: Record<string, number> = {};
      let runs = 0;
      const law = fc.property(fc.nat(sent.length - 1), byteFaults, (index, faults) => {
        const isFile = runs++ % FILE_EVERY === 0;
        const bytes = mutateBytes(isFile ? file : sent[index]!, faults);
        const started = performance.now();
        const outcome = isFile ? checkFile(bytes) : check(bytes);
        slowestMs = Math.max(slowestMs, performance.now() - started);
        counts[outcome] = (counts[outcome] ?? 0) + 1;
      });
      fc.assert(law, { seed, numRuns: size });
      return counts;
    });
    const kinds = new Set(messages.map(({ kind }) => kind));
    return {
      ...tally,
      'messages broken': sent.length,
      'kinds': [...kinds].join(' '),
      'slowest, ms': Math.round(slowestMs),
    };
  },
};
