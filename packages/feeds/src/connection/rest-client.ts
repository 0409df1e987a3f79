import { malformed, parsed, type DurationMs, type Fault, type Parsed, type UnixMs } from '@liquidation-heatmap/core';
import { isConnectionFault } from '../runtime/connection-fault.js';
import type { HttpAnswer, Runtime } from '../runtime/runtime.js';
import type { RateBudget } from './rate-limit.js';

const TIMEOUT_MS = 10_000 as DurationMs;
const ATTEMPTS = 3;
/** Pause after a 429 that names none. */
const PAUSE_MS = 60_000;
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
  /** Told when the host asks for patience or refuses. */
  onTrouble(fault: Fault): void;
}

/** GET against one venue's REST interface within its rate limit. Answers are values; nothing throws because of the network. */
export class RestClient {
  readonly #options: RestClientOptions;

  constructor(options: RestClientOptions) {
    this.#options = options;
  }

  /** Fetches a URL that costs `weight`; retries what may pass, obeys Retry-After, gives up on a refusal by region. */
  async get(url: string, weight: number, signal: AbortSignal): Promise<Parsed<RestAnswer>> {
    const { runtime, budget } = this.#options;
    let last: Parsed<RestAnswer> = aborted(url);
    for (let attempt = 0; attempt < ATTEMPTS && !signal.aborted; attempt++) {
      if (budget.isUnavailable(runtime.now())) return unavailable(url);
      await budget.take(weight, signal);
      if (signal.aborted) break;
      if (budget.isUnavailable(runtime.now())) return unavailable(url);
      last = await this.#once(url, signal);
      if (last.ok || !isPassing(last.fault)) return last;
      if (last.fault.code !== 'rate-limited') await runtime.sleep(runtime.random() * RETRY_MS * 2 ** attempt, signal);
    }
    return signal.aborted ? aborted(url) : last;
  }

  async #once(url: string, signal: AbortSignal): Promise<Parsed<RestAnswer>> {
    try {
      const answer = await this.#options.runtime.fetchText(url, signal, TIMEOUT_MS);
      this.#observe(answer);
      return this.#judge(url, answer);
    } catch (fault) {
      if (!isConnectionFault(fault)) throw fault;
      return malformed(fault.kind, url, fault.message);
    }
  }

  #judge(url: string, answer: HttpAnswer): Parsed<RestAnswer> {
    const { budget, runtime, onTrouble } = this.#options;
    const { status } = answer;
    if (status >= 200 && status < 300) return parsed({ body: answer.body, receiveTime: runtime.now() });
    if (status === 429 || status === 418) {
      const asked = retryAfterMs(answer);
      const pauseMs = status === 418 ? Math.max(BAN_MS, asked ?? 0) : (asked ?? PAUSE_MS);
      budget.block(pauseMs);
      const refusal = malformed(
        'rate-limited',
        url,
        `The venue asks for a pause of ${String(Math.ceil(pauseMs / 1_000))} s (HTTP ${String(status)})`,
      );
      if (!refusal.ok) onTrouble(refusal.fault);
      return refusal;
    }
    if (status === 451 || status === 403) {
      budget.markUnavailable(REGION_PAUSE_MS);
      const refusal = unavailable(url);
      if (!refusal.ok) onTrouble(refusal.fault);
      return refusal;
    }
    const code = status >= 500 ? 'venue-error' : 'rejected';
    return malformed(code, url, `${url} answered HTTP ${String(status)}: ${answer.body.slice(0, 120)}`);
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

function aborted(url: string): Parsed<never> {
  return malformed('aborted', url, 'the request was given up');
}
