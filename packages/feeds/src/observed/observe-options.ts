import { MS_PER_MINUTE, parsed, type DurationMs, type InstrumentId, type Parsed } from '@liquidation-heatmap/core';
import { VENUE } from '../venues/hyperliquid/instruments.js';
import { broken } from '../wire-fields.js';
import { parseAddresses } from './address.js';

/** What one question about an address costs of the 1200 a minute that the venue allows an IP address (documentation). */
export const QUESTION_WEIGHT = 2;
/** A third of what the venue allows. Market data on the same IP address may take half (`hyperliquid/rest`); a sixth is left to others. */
const USUAL_WEIGHT = 400;
/** With the half of the market data this is all there is. */
const MOST_WEIGHT = 600;
/** Longer ago than this is memory rather than observation; at the usual weight 6000 addresses have their turn in it. */
const USUAL_DROP_MS = 30 * MS_PER_MINUTE;
const LEAST_DROP_MS = MS_PER_MINUTE;
/** How a symbol of this venue is made of its coin. */
const QUOTE = 'USDT';

/** Whose positions are observed, and how much may be asked for. */
export interface ObserveOptions {
  /** Canonical symbols, e.g. `BTCUSDT`; one answer of the venue tells of all of them. */
  readonly symbols: readonly string[];
  /** `0x` and 40 hexadecimal digits each; doubles count once. Default none. */
  readonly addresses?: readonly string[];
  /** Most addresses learned from public trades; those that hold nothing make room for newcomers. Default 0: none are learned. */
  readonly learn?: number;
  /** Request weight a minute, 2 to 600; default 400, which asks for 200 addresses. */
  readonly weightPerMinute?: number;
  /** Positions last seen longer ago than this are dropped; at least a minute, default 30 minutes. */
  readonly dropAfterMs?: DurationMs;
}

/** Options that can be followed. */
export interface CheckedOptions {
  /** Instruments by symbol. */
  readonly instruments: ReadonlyMap<string, InstrumentId>;
  readonly addresses: readonly string[];
  readonly learn: number;
  readonly weightPerMinute: number;
  readonly dropAfterMs: DurationMs;
  /** Time between two questions, so that the weight is spent evenly. */
  readonly spacingMs: DurationMs;
}

/** Checks options; the fault names the option that breaks a rule. */
export function checkObserveOptions(options: ObserveOptions): Parsed<CheckedOptions> {
  const { learn = 0, weightPerMinute = USUAL_WEIGHT, dropAfterMs = USUAL_DROP_MS as DurationMs } = options;
  const instruments = instrumentsOf(options.symbols);
  if (!instruments.ok) return instruments;
  const addresses = parseAddresses(options.addresses ?? []);
  if (!addresses.ok) return addresses;
  const limits = checkLimits({ learn, weightPerMinute, dropAfterMs });
  if (!limits.ok) return limits;
  const spacingMs = ((MS_PER_MINUTE * QUESTION_WEIGHT) / weightPerMinute) as DurationMs;
  const wanted = addresses.value.length + learn;
  const most = Math.floor(dropAfterMs / spacingMs);
  if (wanted === 0) return broken('too-few', 'addresses', 'at least one, unless some are learned', []);
  if (wanted > most)
    return broken('too-many', 'addresses', `at most ${String(most)} with those learned, to be asked in time`, wanted);
  return parsed({ instruments: instruments.value, addresses: addresses.value, ...limits.value, spacingMs });
}

type Limits = Pick<CheckedOptions, 'learn' | 'weightPerMinute' | 'dropAfterMs'>;

function checkLimits(limits: Limits): Parsed<Limits> {
  const { learn, weightPerMinute, dropAfterMs } = limits;
  if (!(Number.isInteger(learn) && learn >= 0))
    return broken('bad-number', 'learn', 'a whole number of at least 0', learn);
  if (!(weightPerMinute >= QUESTION_WEIGHT && weightPerMinute <= MOST_WEIGHT)) {
    const rule = `${String(QUESTION_WEIGHT)} to ${String(MOST_WEIGHT)}`;
    return broken('bad-number', 'weightPerMinute', rule, weightPerMinute);
  }
  if (!(dropAfterMs >= LEAST_DROP_MS && Number.isFinite(dropAfterMs)))
    return broken('bad-number', 'dropAfterMs', `at least ${String(LEAST_DROP_MS)}`, dropAfterMs);
  return parsed(limits);
}

function instrumentsOf(symbols: readonly string[]): Parsed<ReadonlyMap<string, InstrumentId>> {
  const instruments = new Map<string, InstrumentId>();
  for (const [index, symbol] of symbols.entries()) {
    if (symbol.length <= QUOTE.length || !symbol.endsWith(QUOTE))
      return broken('bad-symbol', `symbols[${String(index)}]`, `a coin followed by ${QUOTE}`, symbol);
    instruments.set(symbol, `${VENUE}:${symbol.slice(0, -QUOTE.length)}`);
  }
  return instruments.size > 0 ? parsed(instruments) : broken('bad-symbol', 'symbols', 'at least one', symbols);
}
