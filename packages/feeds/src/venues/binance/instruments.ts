import { instrumentOf, type BinanceLine } from '../../families/binance/line.js';

/** Price and size steps of one contract, valid from a day on: venues change them, so the day is part of the fact. */
interface DatedSteps {
  readonly ownSymbol: string;
  /** Start of the first day (UTC) with evidence for these steps. */
  readonly from: number;
  readonly tickSize: string;
  readonly sizeStep: string;
  readonly evidence: string;
}

const DAY_2021_07_21 = 1_626_825_600_000;
const DAY_2024_08_08 = 1_723_075_200_000;
const DAY_2025_06_23 = 1_750_636_800_000;

/**
 * Steps of the five contracts known without asking the venue, oldest first. `exchangeInfo` wins wherever it was fetched or recorded.
 * A day is the first one with evidence, not the day of the change: before it the finer step of the row above still holds, which
 * reads every price the coarser step allows. Coarsening may leave old orders off the new step; they are rejected as `off-tick`.
 */
const STEPS: readonly DatedSteps[] = [
  {
    ownSymbol: 'BTCUSDT',
    from: DAY_2021_07_21,
    tickSize: '0.01',
    sizeStep: '0.001',
    evidence: 'exchangeInfo recorded 2021-07-21',
  },
  {
    ownSymbol: 'BTCUSDT',
    from: DAY_2024_08_08,
    tickSize: '0.10',
    sizeStep: '0.001',
    evidence: 'every price of the recording of 2024-08-08; frames of 2026-10',
  },
  {
    ownSymbol: 'ETHUSDT',
    from: DAY_2021_07_21,
    tickSize: '0.01',
    sizeStep: '0.001',
    evidence: 'exchangeInfo recorded 2021-07-21; trades of 2024-08-15',
  },
  {
    ownSymbol: 'SOLUSDT',
    from: DAY_2021_07_21,
    tickSize: '0.001',
    sizeStep: '1',
    evidence: 'exchangeInfo recorded 2021-07-21; trades of 2024-08-15',
  },
  {
    ownSymbol: 'SOLUSDT',
    from: DAY_2025_06_23,
    tickSize: '0.01',
    sizeStep: '0.01',
    evidence: 'forced orders of 2025-06-23',
  },
  {
    ownSymbol: 'XRPUSDT',
    from: DAY_2021_07_21,
    tickSize: '0.0001',
    sizeStep: '0.1',
    evidence: 'exchangeInfo recorded 2021-07-21; frames of 2026-10',
  },
  {
    ownSymbol: 'DOGEUSDT',
    from: DAY_2021_07_21,
    tickSize: '0.00001',
    sizeStep: '1',
    evidence: 'exchangeInfo recorded 2021-07-21; forced orders of 2025-06-23',
  },
];

const TABLED_SYMBOLS: readonly string[] = [...new Set(STEPS.map((row) => row.ownSymbol))];

/** USDS-M: contracts in USDT, sized in coin. Own names are the canonical symbols. */
export const LINE: BinanceLine = {
  venue: 'binance',
  name: 'Binance USDS-M',
  kind: 'linear',
  restBase: 'https://fapi.binance.com',
  path: '/fapi/v1',
  socketBase: 'wss://fstream.binance.com',
  isSplit: true,
  quoteAsset: 'USDT',
  tabledSymbols: TABLED_SYMBOLS,
  tabledInstrument: (ownSymbol, time) => {
    const rows = STEPS.filter((row) => row.ownSymbol === ownSymbol);
    const steps = rows.findLast((row) => row.from <= time) ?? rows[0];
    return steps && instrumentOf({ venue: 'binance', kind: 'linear' }, ownSymbol, ownSymbol, steps);
  },
  ownSymbolOf: (symbol) => TABLED_SYMBOLS.find((known) => known === symbol),
};
