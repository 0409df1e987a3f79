import type { Price, UnixMs, VenueSplit } from '@liquidation-heatmap/core';
import type { Job } from './job.js';

/** What the page tells the worker. `id` names one of the worker's jobs. */
export type ToWorker =
  | { readonly kind: 'open'; readonly id: number; readonly job: Job }
  | { readonly kind: 'close'; readonly id: number }
  | { readonly kind: 'pause'; readonly id: number; readonly paused: boolean }
  /** Nobody sees the page any more, or somebody does again. */
  | { readonly kind: 'away'; readonly away: boolean }
  | {
      readonly kind: 'split';
      readonly id: number;
      readonly question: number;
      readonly endTime: UnixMs;
      readonly low: Price;
      readonly high: Price;
    };

/** What the worker tells the page: frames are the codec's bytes, handed over without a copy. */
export type FromWorker =
  | { readonly kind: 'hello' }
  | FramesFromWorker
  | {
      readonly kind: 'split';
      readonly id: number;
      readonly question: number;
      readonly split: readonly VenueSplit[] | undefined;
    }
  | { readonly kind: 'ended'; readonly id: number };

/** Messages of one job. */
export interface FramesFromWorker {
  readonly kind: 'frames';
  readonly id: number;
  readonly messages: readonly Uint8Array<ArrayBuffer>[];
}
