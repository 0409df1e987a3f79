import type { FrameSource } from './frame-source.js';
import type { SourceChoice } from './source-choice.js';

/** What decides how frames are got. */
export interface SourceOptions {
  readonly choice: SourceChoice;
  /** Market seconds a wall second for recordings and simulations. */
  readonly speed: number;
  /** Where the worker's file is; undefined = none, run on the main thread. */
  readonly workerUrl: URL | undefined;
}

/** The source for a choice. Loads only the code that this way needs: a snapshot page gets no engine and no venue code. */
export async function createSource({ choice, speed, workerUrl }: SourceOptions): Promise<FrameSource> {
  if (choice.kind === 'snapshot') {
    const { SnapshotSource } = await import('./snapshot-source.js');
    return new SnapshotSource(choice);
  }
  if (workerUrl === undefined || typeof Worker === 'undefined') {
    const { LocalSource } = await import('./local-source.js');
    return new LocalSource({ choice, speed });
  }
  const { WorkerSource } = await import('./worker-source.js');
  return new WorkerSource({ choice, speed }, workerUrl);
}
