import { chromium, expect, test, type Browser } from '@playwright/test';
import { launchOptions } from '../../tools/chromium.mjs';
import { bundle, servePage, type PageServer } from './page-server.js';

interface Seen {
  readonly colors: Readonly<Record<string, number>>;
  readonly blurred: number;
  readonly box: readonly [number, number, number, number];
  readonly rowWidths: readonly number[];
}
interface Overlay {
  readonly size: { readonly widthPx: number; readonly heightPx: number; readonly pixelRatio: number };
  readonly seen: Readonly<Record<string, Seen>>;
}

let server: PageServer;
let browser: Browser;
test.beforeAll(async () => {
  server = await servePage(await bundle('overlay-page'));
  browser = await chromium.launch(launchOptions());
});
test.afterAll(async () => {
  await browser.close();
  await server.close();
});

for (const ratio of [1, 1.25, 1.5, 2, 3]) {
  test.describe(`at ${ratio} device pixels a CSS pixel`, () => {
    let overlay: Overlay;
    test.beforeAll(async () => {
      const page = await browser.newPage({ deviceScaleFactor: ratio });
      await page.goto(server.url);
      const handle = await page.waitForFunction(() => (globalThis as { overlay?: Overlay }).overlay);
      overlay = (await handle.jsonValue())!;
      await page.close();
    });

    test('the canvas has exactly the device pixels of its box', () => {
      expect(overlay.size).toMatchObject({ widthPx: 320 * ratio, heightPx: 200 * ratio, pixelRatio: ratio });
    });

    for (const name of ['candles', 'level and upright lines', 'rectangle']) {
      test(`${name}: every edge lies on a device pixel`, () => {
        const seen = overlay.seen[name]!;
        expect(seen.blurred).toBe(0);
        const palette = ['#26a69a', '#ef5350', '#808080'];
        expect(Object.keys(seen.colors).filter((color) => !palette.includes(color))).toEqual([]);
        expect(Object.values(seen.colors).reduce((a, b) => a + b)).toBeGreaterThan(100);
      });
    }

    test('candles come in both colors, a missing one leaves no mark, and wicks stand in the middle of bodies', () => {
      const { colors, rowWidths, box } = overlay.seen['candles']!;
      expect(Object.keys(colors).sort()).toEqual(['#26a69a', '#ef5350']);
      expect(box[2]).toBeLessThan((31.3 + 27.17 * 7.5) * ratio);
      const wicks = rowWidths[Math.round(55 * ratio)]! / 8;
      const bodies = rowWidths[Math.round(76 * ratio)]! / 8;
      expect(wicks).toBe(Math.max(1, Math.floor(ratio)));
      expect((bodies - wicks) % 2).toBe(0);
    });

    test('what belongs to the plot stays in the plot', () => {
      for (const name of ['beyond the plot', 'hatching beyond the plot']) {
        const { box } = overlay.seen[name]!;
        expect(box, name).toEqual([20 * ratio, 10 * ratio, 260 * ratio - 1, 160 * ratio - 1].map(Math.round));
      }
    });

    test('a plate covers its text and no text hangs over it', () => {
      const { box, colors } = overlay.seen['text on a plate']!;
      expect(box[2]).toBeGreaterThanOrEqual(294 * ratio - 1);
      expect(box[2]).toBeLessThanOrEqual(295 * ratio);
      expect(box[3] - box[1] + 1).toBe(Math.ceil(16 * ratio));
      expect(colors['#ef5350']).toBeGreaterThan(colors['#ffffff'] ?? 0);
      expect(Object.keys(colors).length).toBeGreaterThan(1);
    });

    test('the mark of a liquidated long points down', () => {
      const { rowWidths, box } = overlay.seen['marker']!;
      expect(rowWidths[box[1] + 1]!).toBeGreaterThan(rowWidths[box[3] - 1]!);
    });
  });
}
