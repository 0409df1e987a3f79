import type { Price, UnixMs, VenueSplit } from '@liquidation-heatmap/core';
import type { Job } from './job.js';

/** What the page tells the worker. */
export type ToWorker =
  | { readonly kind: 'open'; readonly job: Job }
  | { readonly kind: 'pause'; readonly paused: boolean }
  | {
      readonly kind: 'split';
      readonly id: number;
      readonly endTime: UnixMs;
      readonly low: Price;
      readonly high: Price;
    };

/** What the worker tells the page: frames are the codec's bytes, handed over without a copy. */
export type FromWorker =
  | { readonly kind: 'hello' }
  | { readonly kind: 'frames'; readonly messages: readonly Uint8Array<ArrayBuffer>[] }
  | { readonly kind: 'split'; readonly id: number; readonly split: readonly VenueSplit[] | undefined }
  | { readonly kind: 'ended' };
