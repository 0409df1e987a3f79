import type { FrameSink, Price, SourceRequest, UnixMs, VenueSplit } from '@liquidation-heatmap/core';
import type { FrameSource } from './frame-source.js';
import { connectingStatus, type Job } from './job.js';
import type { JobRunner } from './job-runner.js';
import { watchPresence } from './page-presence.js';

/** Feeds and engine on the page's own thread, in slices: for pages that allow no worker. */
export class LocalSource implements FrameSource {
  readonly #job: Omit<Job, 'request'>;
  #runner: JobRunner | undefined;
  #isPaused = false;

  constructor(job: Omit<Job, 'request'>) {
    this.#job = job;
  }

  async open(request: SourceRequest, sink: FrameSink, signal: AbortSignal): Promise<void> {
    const status = connectingStatus(this.#job.choice);
    sink({ kind: 'status', symbolIndex: 0, sequence: 0, epoch: 0, time: 0 as UnixMs, status });
    const { JobRunner } = await import('./job-runner.js');
    if (signal.aborted) return;
    this.#runner = new JobRunner({ ...this.#job, request }, sink);
    this.#runner.setPaused(this.#isPaused);
    const unwatch = watchPresence((isAway) => this.#runner?.setAway(isAway));
    signal.addEventListener('abort', unwatch, { once: true });
    await this.#runner.run(signal);
  }

  setPaused(paused: boolean): void {
    this.#isPaused = paused;
    this.#runner?.setPaused(paused);
  }

  splitAt(endTime: UnixMs, low: Price, high: Price): Promise<readonly VenueSplit[] | undefined> {
    return Promise.resolve(this.#runner?.splitAt(endTime, low, high));
  }
}
