import type { HeatmapSource } from '@liquidation-heatmap/core';
import { html, nothing, type TemplateResult } from 'lit';
import { styleMap, type StyleInfo } from 'lit/directives/style-map.js';
import { expect, waitFor } from 'storybook/test';
import type { LiquidationHeatmap } from '../src/index.js';
import { STORY_TIME, storySnapshot } from './story-market.js';

/** What a story sets; what it leaves out has the element's own default. */
export interface StoryArgs {
  readonly source: HeatmapSource;
  /** Decides which words the element uses; the data come from `source`. */
  readonly src: string;
  readonly theme: 'dark' | 'light' | 'auto';
  readonly palette: string;
  readonly range: string;
  readonly layout: string;
  readonly paused: boolean;
  /** CSS pixels; undefined = as wide as the page allows. */
  readonly width: number | undefined;
  /** The color scheme of the page around the element. */
  readonly page: 'dark' | 'light';
  /** Custom properties the page sets on the element. */
  readonly tokens: StyleInfo;
}

/** What the play function of a story gets. */
export interface Shown {
  readonly canvasElement: HTMLElement;
}

/** Args of a story that sets nothing but its source. */
export const PLAIN: Omit<StoryArgs, 'source'> = {
  src: 'simulated:story',
  theme: 'auto',
  palette: 'inferno',
  range: '24h',
  layout: 'auto',
  paused: false,
  width: undefined,
  page: 'dark',
  tokens: {},
};

/** Controls of the args a reader may play with. */
export const CONTROLS = {
  source: { table: { disable: true } },
  src: { table: { disable: true } },
  tokens: { table: { disable: true } },
  theme: { control: 'inline-radio', options: ['auto', 'light', 'dark'] },
  page: { control: 'inline-radio', options: ['light', 'dark'] },
  layout: { control: 'inline-radio', options: ['auto', 'mini', 'compact', 'full'] },
  palette: { control: 'select', options: ['inferno', 'magma', 'viridis', 'cividis', 'custom'] },
  range: { control: 'select', options: ['15m', '1h', '12h', '24h', '3d', '7d', '30d', '90d'] },
  width: { control: { type: 'range', min: 240, max: 1400, step: 10 } },
} as const;

/** The element in a page of its own color scheme. */
export function storyPage(args: StoryArgs): TemplateResult {
  const isDark = args.page === 'dark';
  const page = {
    boxSizing: 'border-box',
    minHeight: '100vh',
    padding: '24px',
    colorScheme: args.page,
    background: isDark ? '#05070a' : '#eef0f3',
  };
  const width = args.width === undefined ? 'auto' : `${args.width}px`;
  return html`
    <main style=${styleMap(page)}>
      <liquidation-heatmap
        style=${styleMap({ width, ...args.tokens })}
        .source=${args.source}
        .paused=${args.paused}
        src=${args.src === '' ? nothing : args.src}
        theme=${args.theme}
        palette=${args.palette}
        range=${args.range}
        layout=${args.layout === 'auto' ? nothing : args.layout}
        loading="eager"
      ></liquidation-heatmap>
    </main>
  `;
}

/** Stops the page's clock at the moment of the stories, so that ages such as "stale 34 s" stand still; gives back the way to undo it. */
export function stopClock(): () => void {
  const { now } = Date;
  Date.now = () => STORY_TIME;
  return () => {
    Date.now = now;
  };
}

/** The story's element. */
export function chartIn({ canvasElement }: Shown): LiquidationHeatmap {
  const element = canvasElement.querySelector('liquidation-heatmap');
  if (element === null) throw new Error('A story must show a liquidation-heatmap');
  return element;
}

/** One part of the element's shadow tree. */
export function partOf<Part extends HTMLElement = HTMLElement>(chart: LiquidationHeatmap, selector: string): Part {
  const found = chart.shadowRoot?.querySelector<Part>(selector);
  if (found == null) throw new Error(`The element must show ${selector}`);
  return found;
}

/** Text of one part, white space joined; empty where the part is not there. */
export function textOf(chart: LiquidationHeatmap, selector: string): string {
  return (chart.shadowRoot?.querySelector(selector)?.textContent ?? '').replace(/\s+/gu, ' ').trim();
}

/** Waits until the heat stands in many colors, with its legend. */
export async function painted(shown: Shown): Promise<LiquidationHeatmap> {
  const chart = chartIn(shown);
  // The first story of a page waits for the market of all; that is no part of the painting.
  await storySnapshot();
  await waitFor(
    async () => {
      await expect(colorsOf(chart)).toBeGreaterThan(16);
      await expect(chart.shadowRoot?.querySelectorAll('.legend-ticks span').length).toBeGreaterThan(1);
    },
    { timeout: 45_000, interval: 100 },
  );
  await chart.updateComplete;
  return chart;
}

/** How many different colors the heat has. */
function colorsOf(chart: LiquidationHeatmap): number {
  const pixels = chart.readHeatPixels();
  return new Set(pixels === undefined ? [] : new Uint32Array(pixels.buffer)).size;
}

/** Closer than this, CSS pixels, two words read as one. */
const LEAST_GAP = 4;

/** Fails when words of the header or legend run into each other or leave the element. */
export async function expectRoom(chart: LiquidationHeatmap): Promise<void> {
  const host = chart.getBoundingClientRect();
  const boxes = [
    '.symbol',
    '.price',
    '.estimated',
    '.note',
    '.near:first-child',
    '.near:last-child',
    '.dot',
    '.dot + span',
    '.tools',
    '.legend-scale',
    '.legend-text',
  ]
    .map((selector) => ({ selector, box: chart.shadowRoot?.querySelector(selector)?.getBoundingClientRect() }))
    .flatMap(({ selector, box }) =>
      box === undefined || box.width === 0 || box.height === 0 ? [] : [{ selector, box }],
    );
  for (const [i, a] of boxes.entries()) {
    const isInside = a.box.left >= host.left && a.box.right <= host.right && a.box.bottom <= host.bottom;
    await expect([a.selector, isInside]).toEqual([a.selector, true]);
    for (const b of boxes.slice(i + 1)) {
      const meet =
        Math.min(a.box.right, b.box.right) - Math.max(a.box.left, b.box.left) > -LEAST_GAP &&
        Math.min(a.box.bottom, b.box.bottom) - Math.max(a.box.top, b.box.top) > 0.5;
      await expect([a.selector, b.selector, meet]).toEqual([a.selector, b.selector, false]);
    }
  }
}
