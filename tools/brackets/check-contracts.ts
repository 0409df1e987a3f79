import type { BracketTable, Fault, Parsed, VenueId } from '@liquidation-heatmap/core';
import { readPublicBrackets, type Runtime } from '@liquidation-heatmap/feeds';
import type { CheckedContract } from './checked-contracts.js';
import { compareTables, type RowDifference } from './compare-tables.js';

/** What became of one contract. */
export type ContractVerdict = CheckedContract &
  (
    | { readonly verdict: 'equal'; readonly published: BracketTable }
    | { readonly verdict: 'different'; readonly published: BracketTable; readonly rows: readonly RowDifference[] }
    /** No table ships, so there is nothing to compare with. */
    | { readonly verdict: 'unshipped'; readonly published: BracketTable }
    /** The venue answered, but not with a table that core could hold: no table that ships can be equal to it. */
    | { readonly verdict: 'unreadable'; readonly fault: Fault }
    /** No answer came, or a refusal: nothing is known. */
    | { readonly verdict: 'not-read'; readonly fault: Fault }
  );

/** Faults that tell of the way to the venue, not of its table. */
const FAULTS_OF_THE_WAY = new Set([
  ...['network', 'timeout', 'refused', 'aborted', 'unavailable', 'unreadable'],
  ...['rate-limited', 'venue-error', 'rejected', 'bad-json'],
]);

/** What the exit code says. */
export const EXIT = { equal: 0, different: 1, badArguments: 2, nothingCompared: 3 } as const;

/** Fetches what the venues publish on a day (`YYYY-MM-DD`) and holds it against what ships. Nothing throws because of the network. */
export async function checkContracts(
  contracts: readonly CheckedContract[],
  day: string,
  runtime: Runtime,
  signal: AbortSignal,
): Promise<readonly ContractVerdict[]> {
  const byVenue = new Map<VenueId, CheckedContract[]>();
  for (const contract of contracts) byVenue.set(contract.venue, [...(byVenue.get(contract.venue) ?? []), contract]);
  const checked = [...byVenue].map(async ([venue, own]) => {
    const names = own.map(({ ownSymbol }) => ownSymbol);
    const tables = await readPublicBrackets(venue, names, day, runtime, signal);
    return own.map((contract, i) => verdictOf(contract, tables[i]!));
  });
  return (await Promise.all(checked)).flat();
}

/**
 * 1 where a table that ships is not what the venue publishes; 0 where one at least was compared, or none ships and one was read; else 3.
 * What could not be read never counts as equal.
 */
export function exitCodeOf(verdicts: readonly ContractVerdict[]): number {
  const shipped = verdicts.filter((contract) => contract.shipped !== undefined);
  if (shipped.some(({ verdict }) => verdict === 'different' || verdict === 'unreadable')) return EXIT.different;
  const isRead = (shipped.length > 0 ? shipped : verdicts).some(({ verdict }) => verdict !== 'not-read');
  return isRead ? EXIT.equal : EXIT.nothingCompared;
}

function verdictOf(contract: CheckedContract, read: Parsed<BracketTable>): ContractVerdict {
  if (!read.ok) {
    const { fault } = read;
    return { ...contract, verdict: FAULTS_OF_THE_WAY.has(fault.code) ? 'not-read' : 'unreadable', fault };
  }
  const published = read.value;
  if (contract.shipped === undefined) return { ...contract, verdict: 'unshipped', published };
  const rows = compareTables(contract.shipped, published);
  return rows.length === 0
    ? { ...contract, verdict: 'equal', published }
    : { ...contract, verdict: 'different', published, rows };
}
