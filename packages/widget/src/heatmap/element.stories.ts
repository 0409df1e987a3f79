import { RAMPS, createColorTable, type PaletteName } from '@liquidation-heatmap/picture';
import type { ClusterSelectEvent } from '../events/heatmap-events.js';
import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { expect, userEvent, waitFor } from 'storybook/test';
import {
  CONTROLS,
  PLAIN,
  expectRoom,
  painted,
  partOf,
  stopClock,
  storyPage,
  textOf,
  type Shown,
  type StoryArgs,
} from '../../test/story-frame.js';
import { held, storyClusters, STORY_TIME } from '../../test/story-market.js';

const meta: Meta<StoryArgs> = {
  title: 'Heatmap',
  component: 'liquidation-heatmap',
  args: { ...PLAIN, source: held() },
  argTypes: CONTROLS,
  render: storyPage,
  beforeEach: stopClock,
};
export default meta;

type Story = StoryObj<StoryArgs>;

const HOUR_MS = 3_600_000;
/** Nine stops from dark to light, as a page of one brand color might set them. */
const TEAL = ['#04110f', '#06231f', '#083a33', '#0b5248', '#0f6e60', '#1f8f7c', '#45b3a0', '#86d6c6', '#d8f5ee'];

/** The brightest color of the legend's bar. */
function brightest(bar: HTMLCanvasElement): readonly number[] {
  return [...(bar.getContext('2d')?.getImageData(bar.width - 1, 0, 1, 1).data ?? [])];
}

/** The legend ends in the color in which the palette ends on a dark surface. */
function endsLike(palette: PaletteName | readonly string[]) {
  return async (shown: Shown): Promise<void> => {
    const chart = await painted(shown);
    const expected = [...createColorTable({ palette, scheme: 'dark' }).rgba.slice(-4)];
    await expect(brightest(partOf(chart, '.legend-bar'))).toEqual(expected);
  };
}

/** The view is this long and ends a little after the present. */
function shows(hours: number) {
  return async (shown: Shown): Promise<void> => {
    const chart = await painted(shown);
    const range = chart.visibleRange;
    await expect((range?.to ?? 0) - (range?.from ?? 0)).toBeCloseTo(hours * HOUR_MS, -3);
    await expect(range?.to).toBeGreaterThan(STORY_TIME);
    await expect(range?.from).toBeLessThan(STORY_TIME);
  };
}

/** Background of the plot as the reader sees it. */
function surfaceOf(chart: Awaited<ReturnType<typeof painted>>): string {
  return getComputedStyle(partOf(chart, '.stage')).backgroundColor;
}

export const SimulatedDark: Story = {
  play: async (shown) => {
    const chart = await painted(shown);
    await expect(chart.status).toBe('live');
    await expect(textOf(chart, '.status')).toBe('simulated');
    await expect(textOf(chart, '.estimated')).toBe('Estimated');
    await expect(textOf(chart, '.legend-text')).toMatch(/USD per .* price row · absolute scale · prior only$/u);
    await expect(textOf(chart, '.price')).toMatch(/^[\d,]+\.\d/u);
    await expect(surfaceOf(chart)).toBe('rgb(12, 15, 20)');
    await expectRoom(chart);
  },
};

export const SimulatedLight: Story = {
  args: { page: 'light' },
  play: async (shown) => {
    const chart = await painted(shown);
    await expect(surfaceOf(chart)).toBe('rgb(255, 255, 255)');
    const [red = 255, green = 255, blue = 255] = brightest(partOf(chart, '.legend-bar'));
    // On white the densest cell is the darkest.
    await expect(red + green + blue).toBeLessThan(3 * 96);
    await expectRoom(chart);
  },
};

/** S5: without touching anything, the nearest cluster above and below the price. */
const saysTheNearest = async (shown: Shown): Promise<void> => {
  const chart = await painted(shown);
  await expect(textOf(chart, '.near.short')).toMatch(/↑ Above [\d,]+ \+2\.1% \$400K – \$44M 5 h · uncertain$/u);
  await expect(textOf(chart, '.near.long')).toMatch(/↓ Below [\d,]+ -2\.2% \$3\.1–21M 5 h$/u);
  await expect(textOf(chart, '.near.long .sentence')).toContain('forced selling if reached');
  for (const near of chart.shadowRoot?.querySelectorAll('.near') ?? [])
    await expect(near.scrollWidth).toBeLessThanOrEqual(near.clientWidth);
  await expectRoom(chart);
};

export const Clusters: Story = {
  args: { source: held({}, storyClusters) },
  play: saysTheNearest,
};

export const ClustersLight: Story = {
  args: { source: held({}, storyClusters), page: 'light' },
  play: saysTheNearest,
};

/** S14, S36, S41, S62, S65: a tap on the nearest cluster tells what it is made of, and Escape or the button closes it. */
const tellsOnTap = async (shown: Shown): Promise<void> => {
  const chart = await painted(shown);
  const chosen: unknown[] = [];
  chart.addEventListener('lh-cluster-select', (event) => chosen.push((event as ClusterSelectEvent).detail.cluster?.id));
  await userEvent.click(partOf(chart, '.near.long'));
  await chart.updateComplete;
  await expect(textOf(chart, '.cluster h3')).toBe('Longs below the price');
  await expect(textOf(chart, '.cluster')).toMatch(
    /forced selling.*\$3\.1–21M, middle \$8M.*5 h on average, oldest 31 h/u,
  );
  await expect(textOf(chart, '.cluster p')).toContain('Fuel for a move that comes here');
  await expectRoom(chart);
  const card = partOf(chart, '.cluster').getBoundingClientRect();
  const stage = partOf(chart, '.stage').getBoundingClientRect();
  await expect(card.top >= stage.top && card.bottom <= stage.bottom + 1 && card.right <= stage.right).toBe(true);
  partOf(chart, '.cluster button').focus();
  await userEvent.keyboard('{Escape}');
  await chart.updateComplete;
  await expect(chart.shadowRoot?.querySelector('.cluster')).toBeNull();
  chart.selectCluster('above');
  await chart.updateComplete;
  await expect(textOf(chart, '.cluster p')).toMatch(/^Its range is wider/u);
  await expect(chosen).toEqual(['near', undefined, 'above']);
};

export const ClusterCard: Story = {
  args: { source: held({}, storyClusters) },
  play: tellsOnTap,
};

export const ClusterCardCompact: Story = {
  args: { source: held({}, storyClusters), width: 390, page: 'light', tokens: { '--lh-aspect-ratio': '2 / 3' } },
  play: tellsOnTap,
};

/** X1: brackets go from cluster to cluster, Escape closes the card. */
export const ClusterByKeys: Story = {
  args: { source: held({}, storyClusters) },
  play: async (shown) => {
    const chart = await painted(shown);
    partOf(chart, '.stage').focus();
    for (const [key, title] of [
      [']', 'Shorts above the price'],
      ['[', 'Longs below the price'],
    ] as const) {
      await userEvent.keyboard(key === '[' ? '[[' : ']');
      await chart.updateComplete;
      await expect(textOf(chart, '.cluster h3')).toBe(title);
      await expect(textOf(chart, '.announcer')).toContain(title);
    }
    await userEvent.keyboard('{Escape}');
    await chart.updateComplete;
    await expect(chart.shadowRoot?.querySelector('.cluster')).toBeNull();
  },
};

/** A click on a band chooses its cluster, one beside every band chooses none. */
export const ClusterClicked: Story = {
  args: { source: held({}, storyClusters) },
  play: async (shown) => {
    const chart = await painted(shown);
    const stage = partOf(chart, '.stage');
    const { left, top, width, height } = stage.getBoundingClientRect();
    const { low, high } = chart.visibleRange ?? { low: 1, high: 2 };
    const click = async (price: number): Promise<void> => {
      // The time axis takes 26 px of a wide chart.
      const y = top + (Math.log(high / price) / Math.log(high / low)) * (height - 26);
      const coords = { clientX: left + width * 0.8, clientY: y };
      await userEvent.pointer([
        { target: stage, coords, keys: '[MouseLeft>]' },
        { target: stage, coords, keys: '[/MouseLeft]' },
      ]);
      await chart.updateComplete;
    };
    const wide = chart.clusters.find(({ id }) => id === 'wide')!;
    await click(wide.peak);
    await expect(textOf(chart, '.cluster h3')).toBe('Shorts above the price');
    await click(chart.lastPrice ?? 0);
    await expect(chart.shadowRoot?.querySelector('.cluster')).toBeNull();
  },
};

/** All of it at the width of the smallest phones. */
export const ClustersAt320: Story = {
  args: { source: held({}, storyClusters), width: 320, tokens: { '--lh-aspect-ratio': '3 / 4' } },
  play: saysTheNearest,
};

/** The attribute wins over the page around it. */
export const DarkInALightPage: Story = {
  args: { page: 'light', theme: 'dark' },
  play: async (shown) => {
    await expect(surfaceOf(await painted(shown))).toBe('rgb(12, 15, 20)');
  },
};

export const RecordedRelative: Story = {
  args: { src: './day.ndjson.gz', source: held({ origin: 'recorded' }, { scale: 'relative', basis: 'prior-only' }) },
  play: async (shown) => {
    const chart = await painted(shown);
    await expect(textOf(chart, '.status')).toBe('recorded 2024-08-08');
    await expect(textOf(chart, '.note')).toBe('relative - no open interest · prior only');
    await expect(textOf(chart, '.legend-text')).toMatch(/% of the brightest cell in view · relative scale /u);
    await expectRoom(chart);
  },
};

export const SnapshotFrozen: Story = {
  args: { src: './moment.lhs', source: held({ state: 'frozen', origin: 'snapshot' }) },
  play: async (shown) => {
    const chart = await painted(shown);
    await expect(chart.status).toBe('frozen');
    await expect(textOf(chart, '.status')).toBe('snapshot 2024-08-08');
  },
};

/** A phone's width: two header lines, the buttons below. */
export const Compact: Story = {
  args: { width: 320 },
  play: async (shown) => {
    const chart = await painted(shown);
    await expect(chart.matches(':state(compact)')).toBe(true);
    await expect(partOf(chart, '.tools').getBoundingClientRect().top).toBeGreaterThan(
      partOf(chart, '.stage').getBoundingClientRect().top,
    );
    await expectRoom(chart);
  },
};

/** The longest words the header has, at a phone's width. */
export const CompactRelative: Story = {
  args: { ...RecordedRelative.args, width: 320, tokens: { '--lh-aspect-ratio': '3 / 4' } },
  play: async (shown) => {
    const chart = await painted(shown);
    await expect(textOf(chart, '.note')).toContain('relative');
    const words = partOf(chart, '.dot + span');
    await expect(words.scrollWidth).toBeLessThanOrEqual(words.clientWidth);
    await expectRoom(chart);
  },
};

/** A sidebar's width: no buttons, everything else. */
export const Mini: Story = {
  args: { width: 260 },
  play: async (shown) => {
    const chart = await painted(shown);
    await expect(getComputedStyle(partOf(chart, '.tools')).display).toBe('none');
    await expect(textOf(chart, '.status')).toBe('simulated');
    await expectRoom(chart);
  },
};

export const LastHour: Story = { args: { range: '1h' }, play: shows(1) };

/** A range longer than what is known: the columns stand on the left and grow to the right. */
export const ThreeDays: Story = { args: { range: '3d' }, play: shows(72) };

export const Magma: Story = { args: { palette: 'magma' }, play: endsLike('magma') };
export const Viridis: Story = { args: { palette: 'viridis' }, play: endsLike('viridis') };
export const Cividis: Story = { args: { palette: 'cividis' }, play: endsLike('cividis') };

/** Colors of the host: surface, text and nine stops of its own. */
export const HostColors: Story = {
  args: {
    palette: 'custom',
    tokens: {
      '--lh-bg': '#04110f',
      '--lh-surface': '#04110f',
      '--lh-border': '#12352f',
      ...Object.fromEntries(TEAL.map((color, i) => [`--lh-palette-${i}`, color])),
    },
  },
  play: async (shown) => {
    await endsLike(TEAL)(shown);
    await expect(surfaceOf(await painted(shown))).toBe('rgb(4, 17, 15)');
  },
};

/** Stops that do not rise in lightness would lie about density: inferno stands in, and the page is told. */
export const UnorderedPaletteRefused: Story = {
  args: {
    palette: 'custom',
    tokens: Object.fromEntries(TEAL.toReversed().map((color, i) => [`--lh-palette-${(i * 4) % 9}`, color])),
  },
  play: endsLike(RAMPS.inferno.stops),
};

export const Paused: Story = {
  args: { paused: true },
  play: async (shown) => {
    const chart = await painted(shown);
    await expect(textOf(chart, '.status')).toBe('simulated · paused');
    await expect(chart.matches(':state(paused)')).toBe(true);
    const resume = partOf(chart, 'button[aria-label="Resume"]');
    await userEvent.click(resume);
    await chart.updateComplete;
    await expect(chart.paused).toBe(false);
    await expect(textOf(chart, '.status')).toBe('simulated');
    await expect(resume.getAttribute('aria-label')).toBe('Pause');
    await userEvent.click(resume);
    await chart.updateComplete;
    await expect(chart.paused).toBe(true);
  },
};

/** The crosshair by keyboard: price, distance, time, both sides. */
export const Readout: Story = {
  play: async (shown) => {
    const chart = await painted(shown);
    partOf(chart, '.stage').focus();
    await userEvent.keyboard('{ArrowLeft}{ArrowDown}');
    await waitFor(() =>
      expect(textOf(chart, '.tooltip .strong')).toMatch(/^[\d,]+(\.\d+)? · [+-][\d.]+ ?% from mark$/u),
    );
    const tooltip = partOf(chart, '.tooltip').getBoundingClientRect();
    const stage = partOf(chart, '.stage').getBoundingClientRect();
    await expect(tooltip.left >= stage.left && tooltip.right <= stage.right).toBe(true);
    await expect(tooltip.top >= stage.top && tooltip.bottom <= stage.bottom).toBe(true);
  },
};

/** A browser without WebGL: the same picture on a 2D canvas. */
export const WithoutWebGl: Story = {
  beforeEach: () => {
    const { getContext } = HTMLCanvasElement.prototype;
    const blind = function (this: HTMLCanvasElement, kind: string, ...rest: unknown[]) {
      return kind.startsWith('webgl') ? null : Reflect.apply(getContext, this, [kind, ...rest]);
    };
    HTMLCanvasElement.prototype.getContext = blind as typeof getContext;
    return () => {
      HTMLCanvasElement.prototype.getContext = getContext;
    };
  },
  play: async (shown) => {
    const chart = await painted(shown);
    // A canvas keeps its first kind of context: one that WebGL draws on has no other.
    await expect(partOf<HTMLCanvasElement>(chart, '.heat canvas').getContext('2d')).not.toBeNull();
    await expect(chart.status).toBe('live');
  },
};
