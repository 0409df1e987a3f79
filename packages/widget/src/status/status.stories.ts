import type { UnixMs } from '@liquidation-heatmap/core';
import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { expect, userEvent, waitFor } from 'storybook/test';
import {
  CONTROLS,
  PLAIN,
  chartIn,
  expectRoom,
  painted,
  partOf,
  stopClock,
  storyPage,
  textOf,
  type Shown,
  type StoryArgs,
} from '../../test/story-frame.js';
import { STORY_TIME, bare, barely, held, type StoryStatus } from '../../test/story-market.js';

const meta: Meta<StoryArgs> = {
  title: 'States',
  component: 'liquidation-heatmap',
  args: { ...PLAIN, src: '', source: silentFor(1) },
  argTypes: CONTROLS,
  render: storyPage,
  beforeEach: stopClock,
};
export default meta;

type Story = StoryObj<StoryArgs>;

const unanswered = 'venues must answer within 20 s, but binance gave no data';
const failing = bare({
  state: 'error',
  origin: 'live',
  detail: unanswered,
  fault: { code: 'unreachable-source', field: 'venues', message: unanswered },
});

/** The picture as three venues would give it. */
function ofVenues(status: Partial<StoryStatus>) {
  return held({ origin: 'live', ...status }, { venues: ['binance', 'bybit', 'okx'] });
}

/** A venue's source whose newest data are `seconds` old on the page's clock. */
function silentFor(seconds: number) {
  return ofVenues({ dataTime: (STORY_TIME - seconds * 1000) as UnixMs });
}

/** No heat, and these words in its place. */
async function panelSays(shown: Shown, ...words: readonly string[]) {
  const chart = chartIn(shown);
  await waitFor(async () => {
    for (const text of words) await expect(textOf(chart, '.panel')).toContain(text);
  });
  await expect(chart.readHeatPixels()).toBeUndefined();
  return chart;
}

/** The picture stays; status line and dimming say what it is worth. */
async function statusSays(shown: Shown, words: string, isDimmed: boolean) {
  const chart = await painted(shown);
  await expect(textOf(chart, '.status')).toBe(words);
  await expect(partOf(chart, '.stage').dataset['dimmed']).toBe(String(isDimmed));
  await expectRoom(chart);
  return chart;
}

export const Live: Story = {
  play: async (shown) => {
    const chart = await statusSays(shown, 'live', false);
    await expect(chart.matches(':state(live)')).toBe(true);
    await expect(partOf(chart, '.status').dataset['tone']).toBe('good');
  },
};

/** Five seconds of silence are mentioned, no more. */
export const Quiet: Story = {
  args: { source: silentFor(7) },
  play: async (shown) => {
    await expect((await statusSays(shown, 'no data 7 s', false)).status).toBe('live');
  },
};

export const Amber: Story = {
  args: { source: silentFor(14) },
  play: async (shown) => {
    const chart = await statusSays(shown, 'delayed 14 s', false);
    await expect(chart.status).toBe('amber');
    await expect(partOf(chart, '.status').dataset['tone']).toBe('warn');
  },
};

export const Stale: Story = {
  args: { source: silentFor(34) },
  play: async (shown) => {
    const chart = await statusSays(shown, 'stale 34 s', true);
    await expect(chart.matches(':state(stale)')).toBe(true);
    await expect(partOf(chart, '.status').title).toBe('No data for 34 s: clusters may have been swept since.');
  },
};

export const Offline: Story = {
  args: { source: ofVenues({ state: 'offline', dataTime: (STORY_TIME - 180_000) as UnixMs }) },
  play: async (shown) => {
    await expect((await statusSays(shown, 'offline · no data 3 min', true)).status).toBe('offline');
  },
};

/** One of the venues asked for contributes nothing. */
export const VenueMissing: Story = {
  args: { source: held({ origin: 'live' }, { venues: ['binance', 'okx'] }) },
  play: async (shown) => {
    await expect(textOf(await statusSays(shown, 'live', false), '.note')).toBe('prior only · without bybit');
  },
};

export const Loading: Story = {
  args: { source: bare({ state: 'connecting', origin: 'live', detail: 'Asking binance for its history' }) },
  play: async (shown) => {
    const chart = await panelSays(shown, 'Loading BTCUSDT', 'Asking binance for its history');
    await expect(chart.status).toBe('connecting');
    await expect(chart.matches(':state(loading)')).toBe(true);
    const buttons = [...(chart.shadowRoot?.querySelectorAll<HTMLButtonElement>('.tools button') ?? [])];
    await expect(buttons.map(({ disabled }) => disabled)).toEqual([true, true, true]);
  },
};

export const LoadingLight: Story = {
  args: { ...Loading.args, page: 'light' },
  play: async (shown) => void (await panelSays(shown, 'Loading BTCUSDT')),
};

export const Empty: Story = {
  args: { src: 'simulated:story', source: barely() },
  play: async (shown) => {
    const chart = await panelSays(shown, 'No exposure to show yet', 'The estimate begins with the first trades.');
    await expect(chart.status).toBe('live');
  },
};

/** The venue does not answer: the reason, and a way to try again. */
export const Failed: Story = {
  args: { source: failing },
  play: async (shown) => {
    const chart = await panelSays(shown, 'This chart cannot be shown', unanswered);
    await expect(chart.status).toBe('error');
    await expect(chart.matches(':state(error)')).toBe(true);
    const opened = failing.opened;
    await userEvent.click(partOf(chart, '.panel button'));
    await waitFor(() => expect(failing.opened).toBe(opened + 1));
    await panelSays(shown, unanswered);
  },
};

export const FailedCompact: Story = {
  args: { source: failing, width: 320 },
  play: async (shown) => {
    const chart = await panelSays(shown, unanswered);
    const panel = partOf(chart, '.panel');
    await expect(panel.scrollHeight).toBeLessThanOrEqual(panel.clientHeight);
  },
};

/** An attribute that decides what is shown breaks its rule: nothing is guessed, and trying again would not help. */
export const UnknownRange: Story = {
  args: { range: '5y' },
  play: async (shown) => {
    const chart = await panelSays(shown, 'range must be one of 15m, 1h', 'was "5y"');
    await expect(chart.shadowRoot?.querySelector('.panel button')).toBeNull();
  },
};

/** An attribute that only decides how it looks keeps its last good value, and says so. */
export const UnknownPalette: Story = {
  args: { palette: 'sunset' },
  play: async (shown) => {
    const chart = await painted(shown);
    await expect(textOf(chart, '.notice')).toMatch(/^palette must be one of inferno, .*; the last good value stays$/u);
    await expect(chart.status).toBe('live');
  },
};

/** The source failed after it had shown something: the picture stays, dimmed, below the reason. */
export const FailedLater: Story = {
  args: {
    source: ofVenues({
      state: 'error',
      fault: { code: 'unreachable-source', field: 'venues', message: unanswered },
    }),
  },
  play: async (shown) => {
    const chart = await painted(shown);
    await expect(textOf(chart, '.notice')).toContain(unanswered);
    await expect(getComputedStyle(partOf(chart, '.notice')).color).toBe('rgb(255, 138, 128)');
    await expect(partOf(chart, '.stage').dataset['dimmed']).toBe('true');
  },
};
