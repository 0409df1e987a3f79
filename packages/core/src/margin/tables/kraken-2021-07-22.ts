import type { BracketTable } from '../../model/margin-bracket.js';
import type { Fraction } from '../../model/units.js';
import { nextDeduction } from '../brackets.js';

const AS_OF = '2021-07-22';
const SOURCE =
  'Reply of https://futures.kraken.com/derivatives/api/v3/instruments recorded on that day (marginLevels); each rate counts for its own part of the position: https://support.kraken.com/hc/en-us/articles/15579128794772-Inverse-Futures-Margin-Schedule-Maximum-Leverage';

/** A level as Kraken writes it: contracts (of 1 USD) from which it counts, initial and maintenance margin. */
type Level = readonly [contracts: number, initial: number, maintenance: number];

/**
 * Kraken's inverse perpetuals as of 2021-07-22, for professional clients. Floors, caps and deductions are in USD, unlike those
 * of other inverse tables, because Kraken counts contracts: `usdLevelsInCoin` makes them coin at an entry price. The recorded
 * reply has no position limit, so the last row has no cap.
 */
export const KRAKEN_2021_07_22: readonly BracketTable[] = [
  fromLevels('PI_XBTUSD', [
    [0, 0.02, 0.01],
    [500_000, 0.04, 0.02],
    [1_000_000, 0.06, 0.03],
    [3_000_000, 0.1, 0.05],
    [6_000_000, 0.15, 0.075],
    [12_000_000, 0.25, 0.125],
    [20_000_000, 0.3, 0.15],
    [50_000_000, 0.4, 0.2],
  ]),
  fromLevels('PI_ETHUSD', [
    [0, 0.02, 0.01],
    [250_000, 0.04, 0.02],
    [500_000, 0.06, 0.03],
    [2_000_000, 0.1, 0.05],
    [5_000_000, 0.15, 0.075],
    [8_000_000, 0.25, 0.125],
    [15_000_000, 0.3, 0.15],
    [30_000_000, 0.4, 0.2],
  ]),
  fromLevels('PI_XRPUSD', [
    [0, 0.1, 0.05],
    [1_000_000, 0.2, 0.1],
  ]),
];

function fromLevels(ownSymbol: string, levels: readonly Level[]): BracketTable {
  let previous = { maintenanceRate: levels[0]![2] as Fraction, deduction: 0 };
  const brackets = levels.map(([floor, initial, maintenance], index) => {
    const deduction = nextDeduction(previous, floor, maintenance);
    previous = { maintenanceRate: maintenance as Fraction, deduction };
    const cap = levels[index + 1]?.[0] ?? Number.POSITIVE_INFINITY;
    return { floor, cap, maintenanceRate: maintenance as Fraction, maxLeverage: 1 / initial, deduction };
  });
  return { venue: 'kraken', ownSymbol, asOf: AS_OF, source: SOURCE, brackets };
}
