import { chromium, expect, test, type Browser, type CDPSession, type Page } from '@playwright/test';
import { launchOptions } from '../../tools/chromium.mjs';
import { bundle, servePage, type PageServer } from './page-server.js';

interface View {
  readonly kind: string;
  readonly dx?: number;
  readonly dy?: number;
  readonly factorX?: number;
  readonly factorY?: number;
  readonly axis?: string;
}
interface Heard {
  readonly views: readonly View[];
  readonly cursors: readonly (readonly number[] | null)[];
  readonly keys: readonly unknown[];
  readonly blocked: number;
}

let server: PageServer;
let browser: Browser;
test.beforeAll(async () => {
  server = await servePage(await bundle('gesture-page'));
  browser = await chromium.launch(launchOptions());
});
test.afterAll(async () => {
  await browser.close();
  await server.close();
});

async function open(query: string, hasTouch = false): Promise<Page> {
  const page = await browser.newPage({ hasTouch, isMobile: hasTouch, viewport: { width: 400, height: 600 } });
  await page.goto(server.url + query);
  return page;
}

function heardBy(page: Page): Promise<Heard> {
  return page.evaluate(() => (globalThis as unknown as { heard: Heard }).heard);
}

function panOf({ views }: Heard): readonly [number, number] {
  const pans = views.filter(({ kind }) => kind === 'pan');
  return [pans.reduce((sum, pan) => sum + pan.dx!, 0), pans.reduce((sum, pan) => sum + pan.dy!, 0)];
}

type Point = readonly [number, number];

async function send(
  session: CDPSession,
  type: 'touchStart' | 'touchMove' | 'touchEnd',
  points: readonly Point[],
): Promise<void> {
  await session.send('Input.dispatchTouchEvent', { type, touchPoints: points.map(([x, y], id) => ({ x, y, id })) });
}

/** One finger or two from here to there in twenty steps. */
async function swipe(page: Page, from: readonly Point[], to: readonly Point[]): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await send(session, 'touchStart', from);
  for (let step = 1; step <= 20; step++) {
    const share = step / 20;
    const between = from.map(([x, y], i): Point => [x + (to[i]![0] - x) * share, y + (to[i]![1] - y) * share]);
    await send(session, 'touchMove', between);
  }
  await send(session, 'touchEnd', []);
}

test('G1: in an article a vertical swipe scrolls the page and moves nothing else', async () => {
  const page = await open('', true);
  await swipe(page, [[120, 180]], [[120, 20]]);
  await expect.poll(() => page.evaluate(() => scrollY)).toBeGreaterThan(80);
  expect(panOf(await heardBy(page))).toEqual([0, 0]);
});

test('G1: in an article a horizontal swipe pans time and the page stays', async () => {
  const page = await open('', true);
  await swipe(page, [[220, 100]], [[60, 104]]);
  const [dx, dy] = panOf(await heardBy(page));
  expect(dx).toBeLessThan(-120);
  expect(dy).toBe(0);
  expect(await page.evaluate(() => scrollY)).toBe(0);
});

test('G1: two fingers zoom and pan in an article too, and the page neither scrolls nor zooms', async () => {
  const page = await open('', true);
  await swipe(
    page,
    [
      [80, 60],
      [140, 120],
    ],
    [
      [30, 30],
      [210, 190],
    ],
  );
  const { views } = await heardBy(page);
  const factor = views.reduce((all, view) => all * (view.factorX ?? 1), 1);
  expect(factor).toBeCloseTo(3, 1);
  expect(await page.evaluate(() => [scrollY, visualViewport!.scale])).toEqual([0, 1]);
});

test('G2: a finger held still brings the crosshair, which then follows it up and down while the page stays', async () => {
  const page = await open('', true);
  const session = await page.context().newCDPSession(page);
  await send(session, 'touchStart', [[100, 100]]);
  await expect.poll(async () => (await heardBy(page)).cursors.length).toBeGreaterThan(0);
  for (let y = 105; y <= 180; y += 5) await send(session, 'touchMove', [[100, y]]);
  await send(session, 'touchEnd', []);
  const heard = await heardBy(page);
  expect(heard.cursors.at(-1)).toEqual([100, 180]);
  expect(heard.views).toEqual([]);
  expect(await page.evaluate(() => scrollY)).toBe(0);
});

test('a mouse drag pans both ways, also when it leaves the element, and a double click fits', async () => {
  const page = await open('?greedy');
  await page.mouse.move(100, 100);
  await page.mouse.down();
  await page.mouse.move(160, 60, { steps: 6 });
  await page.mouse.move(380, 300, { steps: 6 });
  await page.mouse.up();
  const [dx, dy] = panOf(await heardBy(page));
  // The slop of a tap is not panned, so that the content does not jump when the drag is recognized.
  expect(Math.abs(dx - 280)).toBeLessThanOrEqual(10);
  expect(Math.abs(dy - 200)).toBeLessThanOrEqual(10);
  await page.mouse.dblclick(50, 50);
  expect((await heardBy(page)).views.at(-1)).toEqual({ kind: 'fit', axis: 'both' });
});

test('G1: the wheel scrolls the article and says how to zoom; with Ctrl it zooms and the page stays', async () => {
  const page = await open('');
  await page.mouse.move(100, 100);
  await page.mouse.wheel(0, 120);
  await expect.poll(() => page.evaluate(() => scrollY)).toBe(120);
  expect(await heardBy(page)).toMatchObject({ views: [], blocked: 1 });
  await page.evaluate(() => scrollTo(0, 0));
  await page.keyboard.down('Control');
  await page.mouse.wheel(0, -120);
  await page.keyboard.up('Control');
  await expect.poll(async () => (await heardBy(page)).views.length).toBe(1);
  expect((await heardBy(page)).views[0]!.factorX).toBeCloseTo(Math.exp(120 / 660), 6);
  expect(await page.evaluate(() => scrollY)).toBe(0);
});

test('greedy, as in full screen, the wheel zooms without a key; over the price axis only prices', async () => {
  const page = await open('?greedy');
  await page.mouse.move(280, 100);
  await page.mouse.wheel(0, -66);
  await expect.poll(async () => (await heardBy(page)).views.length).toBe(1);
  const { views } = await heardBy(page);
  expect(views[0]).toMatchObject({ kind: 'zoom', factorX: 1 });
  expect(views[0]!.factorY).toBeCloseTo(Math.exp(0.1), 6);
});

test('X1: keys reach the chart that has the focus, and none after it stopped listening', async () => {
  const page = await open('');
  await page.locator('#host').focus();
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('+');
  await page.evaluate(() => (globalThis as unknown as { stopGestures: () => void }).stopGestures());
  await page.keyboard.press('ArrowLeft');
  expect((await heardBy(page)).keys).toEqual([
    { kind: 'step', columns: -1, rows: 0 },
    { kind: 'zoom', factor: 1.25 },
  ]);
});
