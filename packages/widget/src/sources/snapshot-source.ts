import {
  unpackMessages,
  type FrameSink,
  type SourceRequest,
  type SourceStatus,
  type UnixMs,
} from '@liquidation-heatmap/core';
import { fetchBytes } from './fetch-bytes.js';
import type { FrameSource } from './frame-source.js';
import { connectingStatus, errorStatus, faultOf } from './job.js';
import type { SourceChoice } from './source-choice.js';

/** A stored `.lhs` file: codec bytes, no engine and no venue code. */
export class SnapshotSource implements FrameSource {
  readonly #choice: Extract<SourceChoice, { kind: 'snapshot' }>;

  constructor(choice: Extract<SourceChoice, { kind: 'snapshot' }>) {
    this.#choice = choice;
  }

  async open(request: SourceRequest, sink: FrameSink, signal: AbortSignal): Promise<void> {
    const tell = (status: SourceStatus): void =>
      sink({ kind: 'status', symbolIndex: 0, sequence: 0, epoch: 0, time: 0 as UnixMs, status });
    tell(connectingStatus(this.#choice, 'Loading the snapshot'));
    try {
      const messages = unpackMessages(await fetchBytes(this.#choice.url, signal));
      if (signal.aborted) return;
      if (!messages.ok) {
        const { code, field, message } = messages.fault;
        tell(
          errorStatus(this.#choice, {
            code,
            field: 'src',
            message: `src must be a readable snapshot, but ${field} is broken: ${message}`,
          }),
        );
        return;
      }
      const snapshot = messages.value.find((message) => message.kind === 'snapshot');
      if (snapshot === undefined) {
        tell(
          errorStatus(this.#choice, {
            code: 'corrupt-source',
            field: 'src',
            message: 'src must hold a snapshot message, but the file has none',
          }),
        );
        return;
      }
      for (const message of messages.value) if (message.kind !== 'status') sink(message);
      const { symbol, seenTime } = snapshot.facts;
      const detail = symbol === request.symbol ? '' : `The snapshot is of ${symbol}, not of ${request.symbol}`;
      tell({ state: 'frozen', origin: 'snapshot', detail, dataTime: seenTime, venues: [] });
    } catch (thrown) {
      if (!signal.aborted) tell(errorStatus(this.#choice, faultOf(thrown, 'src')));
    }
  }
}
