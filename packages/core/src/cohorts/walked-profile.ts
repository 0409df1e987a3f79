import { LOG_ROW } from '../grid/price-lattice.js';
import { MS_PER_HOUR } from '../model/units.js';
import { EntryProfile } from './entry-profile.js';

/** Assumed standard deviation of a day's log return where no history was seen; 57 % a year, usual for the large coins. */
const DAILY_VOLATILITY = 0.03;
/** Entries further from the price than three of these are rare, and few of their liquidation prices lie in a window. */
const MOST_DEVIATION = 0.06;

/** Where positions of an age may have been entered, when nothing is known of the past: a bell as wide as a random walk over that time. */
export function walkedProfile(price: number, ageMs: number): EntryProfile {
  const profile = new EntryProfile();
  const deviation = Math.min(MOST_DEVIATION, DAILY_VOLATILITY * Math.sqrt(ageMs / (24 * MS_PER_HOUR)));
  profile.addBell(price, Math.max(1, deviation / LOG_ROW), 1);
  return profile;
}
