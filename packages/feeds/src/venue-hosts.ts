import { malformed, parsed, type Parsed, type VenueId } from '@liquidation-heatmap/core';
import { REST_BASE as BYBIT_REST, SOCKET_BASE as BYBIT_SOCKET } from './families/bybit/endpoints.js';
import { REST_BASE as OKX_REST, SOCKET_BASE as OKX_SOCKET } from './families/okx/endpoints.js';
import { REST_BASE as BITGET_REST, SOCKET_BASE as BITGET_SOCKET } from './venues/bitget/endpoints.js';
import { REST_BASE as GATE_REST, SOCKET_BASE as GATE_SOCKET } from './venues/gate/endpoints.js';
import { REST_BASE as DERIBIT_REST, SOCKET_BASE as DERIBIT_SOCKET } from './venues/deribit/endpoints.js';
import { REST_BASE as HTX_REST, SOCKET_BASE as HTX_SOCKET } from './venues/htx/endpoints.js';
import { REST_BASE as HYPERLIQUID_REST, SOCKET_BASE as HYPERLIQUID_SOCKET } from './venues/hyperliquid/endpoints.js';
import { REST_BASE as KRAKEN_REST, SOCKET_BASE as KRAKEN_SOCKET } from './venues/kraken/endpoints.js';
import { LINE as ASTER } from './venues/aster/instruments.js';
import { LINE as BINANCE_COINM } from './venues/binance-coinm/instruments.js';
import { LINE as BINANCE } from './venues/binance/instruments.js';
import { SPOT_SOCKET_BASE } from './venues/binance/spot.js';

/** Origins each venue's adapter connects to, from its `endpoints`: what a page's Content-Security-Policy has to allow. */
const VENUE_HOSTS: Partial<Record<VenueId, readonly string[]>> = {
  'binance': [BINANCE.restBase, BINANCE.socketBase],
  'binance-coinm': [BINANCE_COINM.restBase, BINANCE_COINM.socketBase],
  'bybit': [BYBIT_REST, BYBIT_SOCKET],
  'bybit-inverse': [BYBIT_REST, BYBIT_SOCKET],
  'okx': [OKX_REST, OKX_SOCKET],
  'okx-inverse': [OKX_REST, OKX_SOCKET],
  'hyperliquid': [HYPERLIQUID_REST, HYPERLIQUID_SOCKET],
  'bitget': [BITGET_REST, BITGET_SOCKET],
  'gate': [GATE_REST, GATE_SOCKET],
  'deribit': [DERIBIT_REST, DERIBIT_SOCKET],
  'kraken': [KRAKEN_REST, KRAKEN_SOCKET],
  'htx': [HTX_REST, HTX_SOCKET],
  'aster': [ASTER.restBase, ASTER.socketBase],
};

/** Origins of spot markets, where they are not the contracts' own. */
const SPOT_HOSTS: Partial<Record<string, string>> = { binance: SPOT_SOCKET_BASE };

/**
 * The exact origins a page connects to for these venues, sorted; a fault for a venue that cannot be read live. `spot`: spot prices are
 * read too.
 */
export function connectHosts(venues: readonly string[], { spot = false } = {}): Parsed<readonly string[]> {
  const hosts = new Set<string>();
  for (const venue of venues) {
    const own = Object.entries(VENUE_HOSTS).find(([id]) => id === venue)?.[1];
    if (own === undefined) {
      const known = Object.keys(VENUE_HOSTS).join(', ');
      return malformed(
        'unknown-venue',
        'venues',
        `venues must be among ${known}, was ${venue === '' ? 'empty' : venue}`,
      );
    }
    for (const host of own) hosts.add(host);
    const spotHost = spot ? SPOT_HOSTS[venue] : undefined;
    if (spotHost !== undefined) hosts.add(spotHost);
  }
  return parsed([...hosts].sort());
}
