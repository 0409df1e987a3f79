import { checkBrackets, malformed, type BracketTable, type Parsed, type VenueId } from '@liquidation-heatmap/core';
import { readJson } from './connection/json-rest.js';
import { budgetOf } from './connection/rate-limit.js';
import { RestClient, type RestAnswer } from './connection/rest-client.js';
import { marketUrl } from './families/bybit/endpoints.js';
import type { BybitLine } from './families/bybit/line.js';
import { parseRiskLimit } from './families/bybit/parse-rest.js';
import type { Runtime } from './runtime/runtime.js';
import { marginTiersUrl as bitgetTiersUrl } from './venues/bitget/endpoints.js';
import { ownSymbolOf as bitgetSymbolOf } from './venues/bitget/instruments.js';
import { parseBrackets as parseBitget } from './venues/bitget/parse-brackets.js';
import { LINE as BYBIT } from './venues/bybit/instruments.js';
import { LINE as BYBIT_INVERSE } from './venues/bybit-inverse/instruments.js';
import { marginTiersUrl as gateTiersUrl } from './venues/gate/endpoints.js';
import { ownSymbolOf as gateSymbolOf } from './venues/gate/instruments.js';
import { parseBrackets as parseGate } from './venues/gate/parse-brackets.js';
import { META_REQUEST } from './venues/hyperliquid/endpoints.js';
import { ownSymbolOf as hyperliquidSymbolOf } from './venues/hyperliquid/instruments.js';
import { parseBrackets as parseHyperliquid } from './venues/hyperliquid/parse-brackets.js';
import { INSTRUMENTS_URL as KRAKEN_INSTRUMENTS_URL } from './venues/kraken/endpoints.js';
import { ownSymbolOf as krakenSymbolOf } from './venues/kraken/instruments.js';
import { parseBrackets as parseKraken } from './venues/kraken/parse-brackets.js';

/** Far below what any of these venues allows an address in a minute. */
const REQUESTS_PER_MINUTE = 60;

/** Faults of a whole host: it is not asked again. */
const HOST_FAULTS = new Set(['network', 'timeout', 'refused', 'unavailable', 'aborted']);

/** How a venue publishes its margin tables. */
interface BracketSource {
  /** Where the table of a contract stands; `body` makes it a POST. One address may hold those of all contracts. */
  request(ownSymbol: string): { readonly url: string; readonly body?: string };
  parse(raw: unknown, ownSymbol: string, asOf: string): Parsed<BracketTable>;
  /** Own name of a well-known contract by its canonical symbol. */
  ownSymbolOf(symbol: string): string | undefined;
}

const SOURCES: Partial<Record<VenueId, BracketSource>> = {
  'bybit': bybitSource(BYBIT),
  'bybit-inverse': bybitSource(BYBIT_INVERSE),
  'hyperliquid': { request: () => META_REQUEST, parse: parseHyperliquid, ownSymbolOf: hyperliquidSymbolOf },
  'bitget': { request: (name) => ({ url: bitgetTiersUrl(name) }), parse: parseBitget, ownSymbolOf: bitgetSymbolOf },
  'gate': { request: (name) => ({ url: gateTiersUrl(name) }), parse: parseGate, ownSymbolOf: gateSymbolOf },
  'kraken': {
    request: () => ({ url: KRAKEN_INSTRUMENTS_URL }),
    parse: parseKraken,
    ownSymbolOf: krakenSymbolOf,
  },
};

/** Venues whose margin tables are public, need no key and fit a `BracketTable`. */
export const PUBLIC_BRACKET_VENUES: readonly VenueId[] = Object.keys(SOURCES) as VenueId[];

/** Own name of a well-known contract on a venue with public tables; undefined for any other. */
export function publicBracketContract(venue: VenueId, symbol: string): string | undefined {
  return SOURCES[venue]?.ownSymbolOf(symbol);
}

/**
 * The margin tables of contracts as the venue publishes them now, in the order asked for, one request at a time; an address that holds
 * several is fetched once, and a host that did not answer is not asked again. `asOf` is today, `YYYY-MM-DD`. What cannot be fetched or
 * read is a fault; nothing throws because of the network.
 */
export async function readPublicBrackets(
  venue: VenueId,
  ownSymbols: readonly string[],
  asOf: string,
  runtime: Runtime,
  signal: AbortSignal,
): Promise<readonly Parsed<BracketTable>[]> {
  const source = SOURCES[venue];
  if (source === undefined) {
    const rule = `venue must be one of ${PUBLIC_BRACKET_VENUES.join(', ')}, was ${venue}`;
    return ownSymbols.map(() => malformed('unknown-venue', 'venue', rule));
  }
  const asked = new Map<string, Parsed<RestAnswer>>();
  const tables: Parsed<BracketTable>[] = [];
  let silent: Parsed<never> | undefined;
  for (const ownSymbol of ownSymbols) {
    const { url, body } = source.request(ownSymbol);
    const key = `${url} ${body ?? ''}`;
    const answer = silent ?? asked.get(key) ?? (await clientOf(runtime, url).get(url, 1, signal, body));
    asked.set(key, answer);
    if (!answer.ok && HOST_FAULTS.has(answer.fault.code)) silent = answer;
    const table = readJson(answer, (raw) => source.parse(raw, ownSymbol, asOf));
    tables.push(table.ok ? checkBrackets(table.value) : table);
  }
  return tables;
}

function bybitSource(line: BybitLine): BracketSource {
  return {
    request: (symbol) => ({ url: marketUrl('risk-limit', line.category, { symbol }) }),
    parse: (raw, ownSymbol, asOf) => parseRiskLimit(raw, line, ownSymbol, asOf),
    ownSymbolOf: (symbol) => line.ownSymbolOf(symbol),
  };
}

function clientOf(runtime: Runtime, url: string): RestClient {
  const budget = budgetOf(runtime, new URL(url).origin, REQUESTS_PER_MINUTE);
  return new RestClient({ runtime, budget, onTrouble: () => undefined });
}
