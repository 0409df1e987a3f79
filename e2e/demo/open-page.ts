import { type Page } from '@playwright/test';
import type { LiquidationHeatmap } from '../../packages/widget/src/index.js';
import { watchPage, type Watched } from './watch-page.js';

/** Where the site is served; `start-site` says so. */
export function siteUrl(path: string): string {
  return new URL(path, process.env['DEMO_URL']).href;
}

/** A page, and everything that was said on its console or thrown in it. */
export interface OpenedPage {
  readonly page: Page;
  /** `type: text` of every console message, and `pageerror: message`. */
  readonly console: readonly string[];
  /** Paths of everything that was asked for. */
  readonly requests: readonly string[];
}

/** Hosts of the venues the page asks; none of them is ever reached. */
const VENUE_HOSTS = /^(?:https|wss):\/\/[^/]*(?:binance|bybit|okx)\.com(?::\d+)?\//u;

/** What the venue does: refuse, or leave the reader waiting. The real one is never asked. */
export type VenueAnswer = 'refused' | 'silent';

/** Opens a page of the site under watch. */
export async function openPage(page: Page, path: string, venue: VenueAnswer = 'refused'): Promise<OpenedPage> {
  const lines: string[] = [];
  const requests: string[] = [];
  page.on('console', (message) => {
    // Chromium itself reports each request that the venue refused.
    if (!VENUE_HOSTS.test(message.location().url)) lines.push(`${message.type()}: ${message.text()}`);
  });
  page.on('pageerror', (error) => lines.push(`pageerror: ${error.message}`));
  page.on('request', (request) => requests.push(new URL(request.url()).pathname));
  await page.addInitScript(watchPage);
  await page.route(VENUE_HOSTS, (route) => (venue === 'refused' ? route.abort() : undefined));
  await page.goto(siteUrl(path));
  return { page, console: lines, requests };
}

/** A part of what the watch has noted. */
export function watched<Name extends Exclude<keyof Watched, 'kindOf' | 'frames'>>(
  page: Page,
  name: Name,
): Promise<Watched[Name]> {
  return page.evaluate((key) => (globalThis as unknown as { watched: Watched }).watched[key], name) as Promise<
    Watched[Name]
  >;
}

/** Bytes of every frame message a worker has sent, oldest first. */
export async function workerFrames(page: Page): Promise<readonly Uint8Array[]> {
  const texts = await page.evaluate(() =>
    (globalThis as unknown as { watched: Watched }).watched.frames.map((bytes) => {
      let text = '';
      for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192));
      return btoa(text);
    }),
  );
  return texts.map((text) => Buffer.from(text, 'base64'));
}

/** State of the chart as its property says. */
export function chartStatus(page: Page): Promise<string> {
  return page.evaluate(() => document.querySelector<LiquidationHeatmap>('liquidation-heatmap')?.status ?? 'none');
}

/** The visible part of time and price; undefined before the first picture. */
export function visibleRange(page: Page): Promise<LiquidationHeatmap['visibleRange']> {
  return page.evaluate(() => document.querySelector<LiquidationHeatmap>('liquidation-heatmap')?.visibleRange);
}
