import { Chance } from '../market/chance.js';
import { SYMBOLS, type VenueName } from '../market/venue-name.js';
import { FAULT_KINDS, type FaultEvent, type FaultKind, type FaultScript } from './fault-script.js';

/** Mean time between two faults of one venue. Far more often than venues fail, so that a short run meets many. */
const MEAN_PAUSE_MS = 90_000;
/** Kinds that end much are drawn as seldom as this beside the others. */
const SELDOM = 0.25;
const SELDOM_KINDS: ReadonlySet<FaultKind> = new Set(['down', 'region', 'clock-skew', 'listing-change']);
/** Away for an hour would be the whole of a short run; drawn outages are shorter, scripts may ask for more. */
const LONGEST_OUTAGE_MS = 300_000;
/** Tick sizes ten times as coarse as the listed ones. */
const COARSER: Readonly<Record<(typeof SYMBOLS)[number], string>> = {
  BTCUSDT: '1.00',
  ETHUSDT: '0.10',
  SOLUSDT: '0.100',
  XRPUSDT: '0.0010',
  DOGEUSDT: '0.00010',
};

/** A script drawn from a seed: the same seed, span and venues give the same faults. */
export function drawFaults(seed: number | string, durationMs: number, venues: readonly VenueName[]): FaultScript {
  const events = venues.flatMap((venue) => {
    const chance = new Chance(seed, venue, 'faults');
    const drawn: FaultEvent[] = [];
    for (let at = chance.exponential(MEAN_PAUSE_MS); at < durationMs; at += chance.exponential(MEAN_PAUSE_MS)) {
      drawn.push(drawOne(chance, Math.round(at), venue));
    }
    return drawn;
  });
  return events.sort((a, b) => a.at - b.at);
}

function drawOne(chance: Chance, at: number, venue: VenueName): FaultEvent {
  let kind = chance.pick(FAULT_KINDS);
  while (SELDOM_KINDS.has(kind) && chance.uniform() >= SELDOM) kind = chance.pick(FAULT_KINDS);
  return { at, venue, kind, ...DRAW[kind](chance) } as FaultEvent;
}

/** The fields of a kind that a script would say. */
type DrawFields = (chance: Chance) => Readonly<Record<string, unknown>>;

const lasting = (chance: Chance): number => Math.round(chance.between(5_000, 60_000));
const ofBook: DrawFields = (chance) => ({ symbol: chance.pick(SYMBOLS), count: 1 + chance.integer(3) });

const DRAW: Readonly<Record<FaultKind, DrawFields>> = {
  'cut': (chance) => ({ code: chance.pick([1001, 1006, 1012]) }),
  'stall': (chance) => ({ durationMs: chance.uniform() < 0.5 ? undefined : lasting(chance) }),
  'silent-subscription': (chance) => ({
    channel: chance.pick(['book', 'trades', 'mark', 'ticker']),
    durationMs: lasting(chance),
  }),
  'gap': ofBook,
  'duplicate': ofBook,
  'reorder': ofBook,
  'truncated-frame': () => ({ count: 1 }),
  'slow-snapshot': (chance) => ({ delayMs: Math.round(chance.between(500, 8_000)), durationMs: lasting(chance) }),
  'rate-limit': (chance) => ({
    status: chance.pick([429, 418]),
    retryAfterS: 1 + chance.integer(60),
    durationMs: lasting(chance),
  }),
  'region': (chance) => ({ answer: chance.pick([451, 403, 'silent']), durationMs: lasting(chance) }),
  'clock-skew': (chance) => ({ skewMs: Math.round(chance.between(-2_000, 2_000)), durationMs: lasting(chance) }),
  'burst': (chance) => ({ symbol: chance.pick(SYMBOLS), framesPerSecond: 2_500, durationMs: 1_000 }),
  'down': (chance) => ({ durationMs: Math.round(chance.between(10_000, LONGEST_OUTAGE_MS)) }),
  'listing-change': (chance) => {
    const symbol = chance.pick(SYMBOLS);
    return { symbol, tickSize: COARSER[symbol] };
  },
};
