import { drawEntrant, otherLegOf, type EntrySetting } from './agents/entrant.js';
import type { CrowdMood } from './agents/crowd.js';
import type { PriceProcess } from './price-process.js';
import type { MarketRandom } from './random.js';
import type { VenueMarket } from './venue-market.js';

/** How far back the oldest of the first agents opened. */
const PAST_MS = 10 * 24 * 3_600_000;
const PAST_STEP_MS = 300_000;
const USUAL_MOOD: CrowdMood = { arrivals: 1, longChance: 0.5, tier: undefined };
/** Draws per agent before the past is taken to have closed it for good. */
const TRIES = 4;

/** A path of the common price that ends now, in steps of 5 minutes. */
export interface PastPath {
  /** Log price at the end of each step, oldest first. */
  readonly logPrices: Float64Array;
  /** Lowest and highest log price from each step to now. */
  readonly lowest: Float64Array;
  readonly highest: Float64Array;
}

/** Runs the price alone through the past and stands it at `logPrice` now. */
export function runPast(price: PriceProcess, logPrice: number): PastPath {
  const count = PAST_MS / PAST_STEP_MS;
  const logPrices = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    price.advance(PAST_STEP_MS, { urgent: 0, patient: 0 }, 0);
    logPrices[i] = price.logPrice;
  }
  const shift = logPrice - price.logPrice;
  price.moveTo(logPrice);
  const lowest = new Float64Array(count);
  const highest = new Float64Array(count);
  for (let i = count - 1; i >= 0; i--) {
    logPrices[i]! += shift;
    lowest[i] = Math.min(logPrices[i]!, lowest[i + 1] ?? Infinity);
    highest[i] = Math.max(logPrices[i]!, highest[i + 1] ?? -Infinity);
  }
  return { logPrices, lowest, highest };
}

/**
 * Gives a venue the agents who would be there had the market always run: by age as the exit law leaves them, entered along
 * the past path, and none whom the path since then would have closed. About `count` agents settle, so open interest is near what was asked for.
 */
export function settlePopulation(
  venue: VenueMarket,
  count: number,
  setting: EntrySetting,
  path: PastPath,
  random: MarketRandom,
  now: number,
): void {
  const bins = path.logPrices.length;
  const survival = Float64Array.from({ length: bins }, (_, i) =>
    setting.exitLaw.survival((bins - 1 - i + 0.5) * PAST_STEP_MS),
  );
  const total = survival.reduce((sum, share) => sum + share, 0);
  for (let bin = 0; bin < bins; bin++) {
    const wanted = random.poisson((count * survival[bin]!) / total);
    for (let i = 0; i < wanted; i++) {
      for (let attempt = 0; attempt < TRIES; attempt++) if (settleOne(venue, bin, setting, path, random, now)) break;
    }
  }
}

function settleOne(
  venue: VenueMarket,
  bin: number,
  setting: EntrySetting,
  path: PastPath,
  random: MarketRandom,
  now: number,
): boolean {
  const ageMs = (path.logPrices.length - 1 - bin + random.uniform()) * PAST_STEP_MS;
  const before = path.logPrices[bin - 1] ?? path.logPrices[bin]!;
  const logEntry = before + (path.logPrices[bin]! - before) * random.uniform();
  const time = now - ageMs;
  const drawn = drawEntrant(random, setting, USUAL_MOOD, { price: Math.exp(logEntry), time });
  const low = Math.min(logEntry, path.lowest[bin]!);
  const high = Math.max(logEntry, path.highest[bin]!);
  const isLong = drawn.side === 'long';
  const below = isLong ? [drawn.stopPrice, drawn.liquidationPrice] : [drawn.takeProfitPrice];
  const above = isLong ? [drawn.takeProfitPrice] : [drawn.stopPrice, drawn.liquidationPrice];
  if (below.some((price) => Math.log(price) >= low) || above.some((price) => Math.log(price) <= high)) return false;
  const settled = { ...drawn, exitAt: now + setting.exitLaw.drawRemaining(random, ageMs) };
  venue.open(settled, 0);
  if (settled.isNetted) venue.open(otherLegOf(settled), 0);
  return true;
}
