import type { Channel, VenueId } from '@liquidation-heatmap/core';

/** Days on which a channel's data was last read live, `YYYY-MM-DD`. Written by `npm run smoke:live -- --write`. */
export const SEEN_LIVE: Partial<Record<VenueId, Readonly<Partial<Record<Channel, string>>>>> = {};
