import { malformed, parsed, type DurationMs, type Fault, type Parsed, type UnixMs } from '@liquidation-heatmap/core';
import { isConnectionFault } from '../runtime/connection-fault.js';
import type { HttpAnswer, Runtime } from '../runtime/runtime.js';
import type { RateBudget } from './rate-limit.js';

const TIMEOUT_MS = 10_000 as DurationMs;
const ATTEMPTS = 3;
/** Pause after a 429 that names none. */
const PAUSE_MS = 60_000;
/** Pause after a refusal inside a body: the limits of venues that answer so are counted in seconds. */
const BODY_PAUSE_MS = 5_000;
/** A 418 is a ban; the shortest ones last two minutes. */
const BAN_MS = 120_000;
/** A region does not change within minutes: so long nobody knocks again after a 451 or 403. */
const REGION_PAUSE_MS = 300_000;
/** First wait after a network error, a timeout or a 5xx; doubles, with full jitter. */
const RETRY_MS = 1_000;

/** A body, with the time it arrived. */
export interface RestAnswer {
  readonly body: string;
  readonly receiveTime: UnixMs;
}

/** What a client of one host is made of. */
export interface RestClientOptions {
  readonly runtime: Runtime;
  readonly budget: RateBudget;
  /** Header with the host's own count of the running minute, lower case. */
  readonly usedWeightHeader?: string;
  /** Looks for a refusal inside a body, whatever its status; undefined where it is none. */
  refusalIn?(body: string): { readonly code: 'rate-limited' | 'rejected'; readonly words: string } | undefined;
  /** True for what nothing else depends on: a refusal of one of its paths says nothing of the host. */
  readonly isAside?: boolean;
  /** Told when the host asks for patience or refuses. */
  onTrouble(fault: Fault): void;
}

/** Reads one venue's REST interface within its rate limit. Answers are values; nothing throws because of the network. */
export class RestClient {
  readonly #options: RestClientOptions;

  constructor(options: RestClientOptions) {
    this.#options = options;
  }

  /**
   * Fetches a URL that costs `weight`, with POST where there is a `body` of JSON; retries what may pass, obeys Retry-After, gives up on a
   * refusal by region.
   */
  async get(url: string, weight: number, signal: AbortSignal, body?: string): Promise<Parsed<RestAnswer>> {
    const { runtime, budget } = this.#options;
    const { pathname } = new URL(url);
    let last: Parsed<RestAnswer> = aborted(url);
    for (let attempt = 0; attempt < ATTEMPTS && !signal.aborted; attempt++) {
      const before = this.#refusedAlready(url, pathname);
      if (before !== undefined) return before;
      await budget.take(weight, signal);
      if (signal.aborted) break;
      const after = this.#refusedAlready(url, pathname);
      if (after !== undefined) return after;
      last = await this.#once(url, signal, body);
      // The second failure in a row is believed.
      if (!last.ok && last.fault.code === 'network' && attempt > 0) budget.noteFailure(pathname);
      if (last.ok || !isPassing(last.fault)) return last;
      if (last.fault.code !== 'rate-limited') await runtime.sleep(runtime.random() * RETRY_MS * 2 ** attempt, signal);
    }
    return signal.aborted ? aborted(url) : last;
  }

  /** What is known to be refused is not asked for again. */
  #refusedAlready(url: string, path: string): Parsed<never> | undefined {
    const { budget, runtime } = this.#options;
    if (budget.isUnavailable(runtime.now())) return unavailable(url);
    return budget.isUnreadable(path) ? unreadable(path) : undefined;
  }

  async #once(url: string, signal: AbortSignal, body: string | undefined): Promise<Parsed<RestAnswer>> {
    try {
      const answer = await this.#options.runtime.fetchText(url, signal, TIMEOUT_MS, body);
      this.#options.budget.noteAnswer(new URL(url).pathname);
      this.#observe(answer);
      return this.#judge(url, answer);
    } catch (fault) {
      if (!isConnectionFault(fault)) throw fault;
      return malformed(fault.kind, url, fault.message);
    }
  }

  #judge(url: string, answer: HttpAnswer): Parsed<RestAnswer> {
    const { status, body } = answer;
    if (status >= 200 && status < 300) return this.#judgeBody(url, body);
    const pauseMs = this.#pauseAskedBy(answer);
    if (pauseMs !== undefined) return this.#pause(url, pauseMs, `HTTP ${String(status)}`);
    if (status === 451 || status === 403) {
      if (this.#options.isAside === true) return this.#refusedPath(url, status);
      this.#options.budget.markUnavailable(REGION_PAUSE_MS);
      const refusal = unavailable(url);
      if (!refusal.ok) this.#options.onTrouble(refusal.fault);
      return refusal;
    }
    const code = status >= 500 ? 'venue-error' : 'rejected';
    return malformed(code, url, `${url} answered HTTP ${String(status)}: ${body.slice(0, 120)}`);
  }

  #refusedPath(url: string, status: number): Parsed<never> {
    const { pathname } = new URL(url);
    this.#options.budget.markUnreadable(pathname);
    return malformed('rejected', url, `${pathname} is refused (HTTP ${String(status)})`);
  }

  /** Milliseconds without requests that an answer asks for; undefined where it asks for none. */
  #pauseAskedBy(answer: HttpAnswer): number | undefined {
    const { status, body } = answer;
    if (status === 418) return Math.max(BAN_MS, retryAfterMs(answer) ?? 0);
    const isAsked = status === 429 || (status === 403 && this.#options.refusalIn?.(body)?.code === 'rate-limited');
    return isAsked ? (retryAfterMs(answer) ?? PAUSE_MS) : undefined;
  }

  #judgeBody(url: string, body: string): Parsed<RestAnswer> {
    const { runtime, refusalIn } = this.#options;
    const refusal = refusalIn?.(body);
    if (refusal === undefined) return parsed({ body, receiveTime: runtime.now() });
    if (refusal.code === 'rate-limited') return this.#pause(url, BODY_PAUSE_MS, refusal.words);
    return malformed(refusal.code, url, `${url} was refused: ${refusal.words}`);
  }

  #pause(url: string, pauseMs: number, words: string): Parsed<never> {
    this.#options.budget.block(pauseMs);
    const message = `The venue asks for a pause of ${String(Math.ceil(pauseMs / 1_000))} s (${words})`;
    const refusal = malformed('rate-limited', url, message);
    if (!refusal.ok) this.#options.onTrouble(refusal.fault);
    return refusal;
  }

  #observe(answer: HttpAnswer): void {
    const name = this.#options.usedWeightHeader;
    const used = name === undefined ? NaN : Number(answer.header(name) ?? NaN);
    if (used >= 0) this.#options.budget.observe(used);
  }
}

/** Seconds, the only form venues send; the date form of RFC 9110 counts as absent. */
function retryAfterMs(answer: HttpAnswer): number | undefined {
  const seconds = Number(answer.header('retry-after') ?? NaN);
  return seconds >= 0 ? seconds * 1_000 : undefined;
}

function isPassing(fault: Fault): boolean {
  return ['rate-limited', 'venue-error', 'network', 'timeout', 'refused'].includes(fault.code);
}

function unavailable(url: string): Parsed<never> {
  return malformed('unavailable', url, 'unavailable in this region or network');
}

function unreadable(path: string): Parsed<never> {
  return malformed('unreadable', path, `${path} cannot be read from this page, while its host answers others`);
}

function aborted(url: string): Parsed<never> {
  return malformed('aborted', url, 'the request was given up');
}
