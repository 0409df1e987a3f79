import { expect, test } from 'vitest';
import { RecentKeys } from './recent-keys.js';

test('a key is new once, until enough others have come after it', () => {
  const keys = new RecentKeys(2);
  expect(['a', 'b', 'a', 'c', 'b', 'a'].map((key) => keys.isNew(key))).toEqual([true, true, false, true, false, true]);
});
