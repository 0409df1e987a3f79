import type { LongContext } from './long-test.js';

interface BatchState {
  readonly done: number;
  readonly tally: Readonly<Record<string, number>>;
}

/**
 * Runs `total` units of work in batches and sums what each batch counted. After a batch everything so far is saved, so that an
 * interrupted run goes on with the next one; batch n always gets the seed `context.seed + n`.
 */
export function runBatches(
  context: LongContext,
  total: number,
  batchSize: number,
  runBatch: (seed: number, size: number) => Readonly<Record<string, number>>,
): Readonly<Record<string, number>> {
  const resumed = context.resumed as BatchState | undefined;
  let done = resumed?.done ?? 0;
  const tally: Record<string, number> = { ...resumed?.tally };
  const tenth = Math.max(batchSize, total / 10);
  let told = done;
  while (done < total) {
    const size = Math.min(batchSize, total - done);
    for (const [key, count] of Object.entries(runBatch(context.seed + done / batchSize, size))) {
      tally[key] = (tally[key] ?? 0) + count;
    }
    done += size;
    context.save({ done, tally });
    if (done - told >= tenth || done === total) {
      context.progress(`${done} of ${total}`);
      told = done;
    }
  }
  return tally;
}
