/** Cuts long work into slices, so that the thread it runs on stays free for frames and input. */
export interface Slices {
  /** Resolves at once while the slice lasts, else after other tasks had their turn. */
  rest(): Promise<void> | undefined;
}

/** Slices of at most `budgetMs`: a little under 8 ms, the share of a 60 Hz frame that may be ours. */
export function createSlices(budgetMs = 6): Slices {
  let end = performance.now() + budgetMs;
  const giveWay = async (): Promise<void> => {
    await nextTask();
    end = performance.now() + budgetMs;
  };
  return { rest: () => (performance.now() < end ? undefined : giveWay()) };
}

type PostTask = (callback: () => void, options: { priority: string }) => Promise<unknown>;

/** Lets other tasks run once. Not a timeout: those are clamped to 4 ms, and to 1 s in hidden tabs. */
function nextTask(): Promise<void> {
  const { scheduler } = globalThis as { scheduler?: { postTask?: PostTask } };
  if (scheduler?.postTask !== undefined) {
    return new Promise((resolve) => void scheduler.postTask?.(resolve, { priority: 'user-visible' }));
  }
  return new Promise((resolve) => {
    const channel = new MessageChannel();
    channel.port1.onmessage = () => {
      channel.port1.close();
      resolve();
    };
    channel.port2.postMessage(undefined);
  });
}
