import { expect, test, vi } from 'vitest';
import { localTimeZone } from './local-time-zone.js';

test('the time zone is asked of the browser once a minute, however many paints want it', () => {
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  const ask = vi.spyOn(Intl.DateTimeFormat.prototype, 'resolvedOptions');
  for (let now = 0; now < 60_000; now += 1_000) expect(localTimeZone(now)).toBe(timeZone);
  expect(ask).toHaveBeenCalledTimes(1);
  expect(localTimeZone(60_000)).toBe(timeZone);
  expect(ask).toHaveBeenCalledTimes(2);
  ask.mockRestore();
});
