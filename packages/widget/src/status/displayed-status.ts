import type { SourceOrigin, SourceState, SourceStatus, UnixMs } from '@liquidation-heatmap/core';
import { fill, formatAge, formatDate, statusText, type Messages } from '@liquidation-heatmap/picture';

/** How a source stands on the page's clock, in the words the reader sees. */
export interface DisplayedStatus {
  readonly state: SourceState;
  readonly origin: SourceOrigin;
  /** A few words for the status line, e.g. `live`, `recorded 2024-08-08`, `stale 34 s`. */
  readonly words: string;
  /** One sentence: the line's title, and what is announced. */
  readonly sentence: string;
}

/** Silence in ms after which a live source says so, turns amber, and is stale (requirement S20). */
export const SILENCE_MS = { mentioned: 5_000, amber: 10_000, stale: 30_000 } as const;

/** Language of the words. */
export interface StatusLanguage {
  readonly messages: Messages;
  readonly locale: string;
  readonly timeZone: string;
}

/** Judges a source's own status by the page's clock (`now`, Unix ms): only a live source grows stale by waiting. */
export function displayedStatus(
  status: SourceStatus | undefined,
  now: number,
  { messages, locale, timeZone }: StatusLanguage,
  isOnline = true,
): DisplayedStatus {
  if (status === undefined)
    return { state: 'idle', origin: 'live', words: messages.idle, sentence: 'Nothing is loaded yet.' };
  const silenceMs = status.dataTime === undefined ? 0 : Math.max(0, now - status.dataTime);
  const state = canGrowStale(status) ? worseOf(status.state, stateOfSilence(silenceMs, isOnline)) : status.state;
  const judged = { ...status, state };
  const age = formatAge(silenceMs, messages, locale);
  const isQuiet = canGrowStale(status) && state === 'live' && silenceMs >= SILENCE_MS.mentioned;
  const words = isQuiet ? fill(messages.noData, { age }) : wordsOf(judged, now, { messages, locale, timeZone });
  return { state, origin: status.origin, words, sentence: sentence(isQuiet ? words : sentenceOf(judged, age)) };
}

/** How a state is to be colored: shape and words say the same without color. */
export function toneOf({
  state,
  origin,
}: Pick<DisplayedStatus, 'state' | 'origin'>): 'good' | 'plain' | 'warn' | 'bad' | 'quiet' {
  switch (state) {
    case 'live':
      return origin === 'live' || origin === 'relay' ? 'good' : 'plain';
    case 'amber':
      return 'warn';
    case 'stale':
    case 'offline':
    case 'error':
      return 'bad';
    case 'frozen':
      return 'plain';
    case 'idle':
    case 'connecting':
      return 'quiet';
  }
}

function wordsOf(status: SourceStatus, now: number, { messages, locale, timeZone }: StatusLanguage): string {
  const { text, origin } = statusText(status, now, messages, locale, timeZone);
  // A played recording and a stored snapshot are frozen by nature: their date says it.
  const isDated = status.origin === 'recorded' || status.origin === 'snapshot';
  if (!isDated || status.state !== 'frozen') return text;
  return status.origin === 'recorded' ? `${origin}, ended` : origin;
}

function canGrowStale({ origin, state }: SourceStatus): boolean {
  return (origin === 'live' || origin === 'relay') && (state === 'live' || state === 'amber' || state === 'stale');
}

function stateOfSilence(silenceMs: number, isOnline: boolean): SourceState {
  if (silenceMs < SILENCE_MS.amber) return 'live';
  if (!isOnline) return 'offline';
  return silenceMs < SILENCE_MS.stale ? 'amber' : 'stale';
}

const WORSENING: readonly SourceState[] = ['live', 'amber', 'stale', 'offline'];

function worseOf(a: SourceState, b: SourceState): SourceState {
  return WORSENING.indexOf(a) >= WORSENING.indexOf(b) ? a : b;
}

function sentenceOf(status: SourceStatus, age: string): string {
  const { state, origin, detail, dataTime } = status;
  if (state === 'error') return status.fault?.message ?? detail;
  if (state === 'stale') return `No data for ${age}: clusters may have been swept since`;
  if (state === 'offline') return `The browser is offline; the last data are ${age} old`;
  if (detail !== '') return detail;
  if (state === 'connecting' || state === 'idle') return 'Waiting for the first data';
  return sentenceOfOrigin(origin, state, dayOf(dataTime));
}

function sentenceOfOrigin(origin: SourceOrigin, state: SourceState, day: string): string {
  switch (origin) {
    case 'recorded':
      return state === 'frozen'
        ? `The recording of ${day} has ended`
        : `A recording of ${day} is played, not the present market`;
    case 'snapshot':
      return `A stored snapshot of ${day}; it does not move`;
    case 'simulated':
      return 'A simulated market: no real price and no real position';
    case 'relay':
    case 'live':
      return 'Live data';
  }
}

function sentence(text: string): string {
  return /[.!?]$/u.test(text) ? text : `${text}.`;
}

function dayOf(time: UnixMs | undefined): string {
  return time === undefined ? '' : formatDate(time, 'UTC');
}
