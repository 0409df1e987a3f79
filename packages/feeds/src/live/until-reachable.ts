import type { Asker } from './poll-venue.js';

/** Vain attempts before the venue is asked by REST whether it serves this region at all. */
const VAIN_BEFORE_PROBE = 2;
const REGION_PAUSE_MS = 300_000;

/** Resolves when a socket may be tried: somebody sees the page, and a venue that gave nothing `vain` times answers at all. */
export async function untilReachable(
  vain: number,
  { rest, runtime }: Pick<Asker, 'rest' | 'runtime'>,
  onUnavailable: (words: string) => void,
  signal: AbortSignal,
): Promise<void> {
  await runtime.presence?.until(false, signal);
  while (vain >= VAIN_BEFORE_PROBE && !signal.aborted) {
    const answer = await rest.ping(signal);
    if (answer.ok || signal.aborted) return;
    onUnavailable('unavailable in this region or network');
    if (answer.fault.code !== 'unavailable') return;
    await runtime.sleep(REGION_PAUSE_MS, signal);
  }
}
