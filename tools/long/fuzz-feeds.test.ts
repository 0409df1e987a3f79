import { expect, test } from 'vitest';
import { venueAdapters } from '@liquidation-heatmap/feeds';
import { fuzzVenue } from './fuzz-venue.js';
import { seededDraw } from './seeded-draw.js';
import { soundFrames } from './sound-frames.js';

test.each(venueAdapters.map((adapter) => [adapter.venue, adapter] as const))(
  'ten thousand frames of %s, most of them broken: nothing throws, nothing is NaN, time does not go back',
  async (venue, adapter) => {
    const { frames, withEvents, faults } = fuzzVenue(adapter, await soundFrames(venue), 10_000, seededDraw(1));
    expect(frames).toBe(10_000);
    expect(withEvents, 'sound frames are read').toBeGreaterThan(20);
    expect(faults, 'broken frames are told').toBeGreaterThan(500);
  },
);
