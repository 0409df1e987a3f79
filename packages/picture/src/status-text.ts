import type { SourceOrigin, SourceState, SourceStatus } from '@liquidation-heatmap/core';
import { formatAge } from './format/format-age.js';
import { formatDate, formatTime } from './format/format-time.js';
import { fill, type Messages } from './locales/messages.js';

/** How current the picture is and where it comes from, in words; both are always shown. */
export interface StatusText {
  /** `live`, `stale 34 s`, `no data 5 s`; empty where the origin says it all. */
  readonly state: string;
  /** `recorded 2024-08-08`, `simulated`; empty for the venues themselves. */
  readonly origin: string;
  /** Both in one line. */
  readonly text: string;
}

/** Words for a status at a wall-clock time (Unix ms). A recording or simulation that runs is not called live. */
export function statusText(
  status: SourceStatus,
  wallTime: number,
  messages: Messages,
  locale: string,
  timeZone: string,
): StatusText {
  const origin = originText(status, messages, timeZone);
  const isPlain = status.state === 'live' && status.origin !== 'live' && status.origin !== 'relay';
  const state = isPlain ? '' : stateText(status, wallTime, messages, locale, timeZone);
  return { state, origin, text: [origin, state].filter((part) => part !== '').join(' · ') };
}

function originText({ origin, dataTime }: SourceStatus, messages: Messages, timeZone: string): string {
  const date = dataTime === undefined ? '' : formatDate(dataTime, timeZone);
  const texts: Readonly<Record<SourceOrigin, string>> = {
    live: '',
    recorded: fill(messages.recorded, { date }).trim(),
    simulated: messages.simulated,
    relay: messages.relay,
    snapshot: fill(messages.snapshot, { date }).trim(),
  };
  return texts[origin];
}

function stateText(
  status: SourceStatus,
  wallTime: number,
  messages: Messages,
  locale: string,
  timeZone: string,
): string {
  const { dataTime } = status;
  const age = dataTime === undefined ? '' : formatAge(wallTime - dataTime, messages, locale);
  const time = dataTime === undefined ? '' : formatTime(dataTime, 'moment', locale, timeZone);
  const texts: Readonly<Record<SourceState, string>> = {
    idle: messages.idle,
    connecting: messages.connecting,
    live: messages.live,
    amber: fill(messages.amber, { age }),
    stale: fill(messages.stale, { age }),
    offline: age === '' ? messages.offline : `${messages.offline} · ${fill(messages.noData, { age })}`,
    frozen: fill(messages.frozen, { time }),
    error: messages.error,
  };
  return texts[status.state].trim();
}
