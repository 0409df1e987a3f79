import { describe, expect, test } from 'vitest';
import { ClusterSession as Session, HILL } from '../../test/cluster-session.js';
import { middleOf, SyntheticExposure } from '../../test/synthetic-exposure.js';

describe('what is told and what is not', () => {
  test('a band of which a sweep takes the near half has not moved', () => {
    const session = new Session();
    session.market.open('long', 1_130, ...new Array<number>(24).fill(30_000));
    session.pass(12);
    session.market.go(1_140);
    session.pass(3);
    expect(SyntheticExposure.rowOf(session.tracker.clusters()[0]?.high ?? 0)).toBe(1_140);
    expect(session.told.filter((line) => line.includes('move'))).toEqual([]);
  });

  test('growth is measured from what was last told', () => {
    const session = new Session({ limits: { cooldownMs: 0 } });
    session.market.open('long', 1_150, ...HILL);
    session.pass(12);
    for (const share of [0.5, 0.5, 0.25]) {
      session.market.open('long', 1_150, ...HILL.map((size) => size * share));
      session.pass(3);
    }
    expect(session.told).toEqual(['10 appear long 1152', '12 grow long 1152', '18 grow long 1152']);
  });

  test('an approach is told again only after the mark was half as far again', () => {
    const session = new Session({ limits: { cooldownMs: 0 } });
    session.market.open('long', 1_150, ...HILL);
    session.pass(12);
    for (const row of [1_163, 1_168, 1_163, 1_175, 1_163]) {
      session.market.go(row);
      session.pass();
    }
    expect(session.told.slice(1)).toEqual(['12 approach long 1152', '16 approach long 1152']);
  });

  test('a cluster that the mark only came to is not gone at once when it is missed', () => {
    const session = new Session();
    session.market.open('long', 1_150, 30_000, 30_000, 30_000, 30_000);
    session.pass(12);
    session.market.close('long', 1_150, 25_000, 25_000, 25_000, 25_000).go(1_153);
    session.market.openInterest = 100_000_000;
    session.pass(3);
    expect([session.ids.length, session.outcomes.length]).toEqual([1, 0]);
  });

  test('an empty band that the mark goes into has its middle inside', () => {
    const session = new Session();
    session.market.open('long', 1_150, ...HILL);
    session.pass(12);
    session.market.close('long', 1_150, ...HILL).go(1_151);
    session.pass();
    const [cluster] = session.tracker.clusters();
    expect(SyntheticExposure.rowOf(cluster?.high ?? 0)).toBe(1_152);
    expect(cluster?.quartileHigh).toBe(cluster?.high);
    expect(cluster?.peak).toBe(middleOf(1_151));
  });

  test('a fall of open interest is shared by the clusters that the mark went through', () => {
    const session = new Session();
    for (const row of [1_100, 1_150]) session.market.open('long', row, 30_000, 30_000, 30_000, 30_000);
    session.pass(12);
    for (const row of [1_100, 1_150]) session.market.close('long', row, 30_000, 30_000, 30_000, 15_000);
    session.market.go(1_090).openInterestFall = 120_000;
    session.pass();
    expect(session.outcomes.map(({ consumedShare }) => consumedShare)).toEqual([0.5, 0.5]);
  });
});
