import { parsed, type Parsed } from '@liquidation-heatmap/core';
import { broken } from '../wire-fields.js';

const ADDRESS = /^0x[0-9a-f]{40}$/;

/** An address in lower case, which is how one address is one key; the fault names `field`. */
export function parseAddress(raw: unknown, field: string): Parsed<string> {
  const address = typeof raw === 'string' ? raw.toLowerCase() : '';
  return ADDRESS.test(address)
    ? parsed(address)
    : broken('bad-address', field, '0x followed by 40 hexadecimal digits', raw);
}

/** Addresses in the order given, each once. The fault names the first entry that is none: `addresses[3]`. */
export function parseAddresses(list: readonly unknown[]): Parsed<readonly string[]> {
  const addresses = new Set<string>();
  for (const [index, raw] of list.entries()) {
    const address = parseAddress(raw, `addresses[${String(index)}]`);
    if (!address.ok) return address;
    addresses.add(address.value);
  }
  return parsed([...addresses]);
}
