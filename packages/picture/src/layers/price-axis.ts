import type { DrawItem, Paint, TextItem } from '../draw-list.js';
import { decimalsOfTick, formatPrice } from '../format/format-price.js';
import { yOfPrice } from '../viewport.js';
import { crisp, type LayerInput } from './layer-input.js';
import { spreadTags } from './spread-tags.js';

const AXIS_PADDING = 8;
const INSIDE_PADDING = 4;
const TAG_PADDING_Y = 3;

/** A price with a place of its own on the axis. */
interface PriceTag {
  readonly price: number;
  readonly plate: Paint;
  readonly fill: Paint;
}

/** Latest traded price of a frame; undefined before the first trade. */
export function lastPriceOf({ frame }: LayerInput): number | undefined {
  const last = frame.now?.lastPrice;
  if (last !== undefined && last > 0) return last;
  const newest = frame.tiles.at(-1)?.heads.at(-1)?.close;
  return newest !== undefined && newest > 0 ? newest : undefined;
}

/** Labels of the price axis, the tags of mark and last price, and the line that leads to the last price. */
export function priceAxis(input: LayerInput): readonly DrawItem[] {
  const { view, theme, isAxisInside, priceTicks } = input;
  const { plot } = view;
  const height = tagHeight(theme.fontSize);
  const tags = tagsOf(input);
  const wishes = tags.map((tag) => ({ y: yOfPrice(view, tag.price), height }));
  const middles = spreadTags(wishes, plot.y, plot.y + plot.height);
  const isFree = (y: number): boolean =>
    y >= plot.y + height / 2 &&
    y <= plot.y + plot.height - height / 2 &&
    middles.every((middle) => Math.abs(middle - y) >= height);
  const labels = priceTicks
    .filter((tick) => isFree(tick.y))
    .map((tick) => axisText(input, tick.y, tick.label, 'muted'));
  const border: DrawItem[] = isAxisInside
    ? []
    : [verticalBorder(plot.x + plot.width, plot.y, plot.height, view.pixelRatio)];
  return [...border, ...labels, ...tags.map((tag, i) => tagText(input, middles[i]!, tag.price, tag.plate, tag.fill))];
}

/** A dotted line across the plot at the last price. */
export function lastPriceLine(input: LayerInput): readonly DrawItem[] {
  const { view } = input;
  const last = lastPriceOf(input);
  if (last === undefined || last < view.low || last > view.high) return [];
  const y = crisp(yOfPrice(view, last), view.pixelRatio);
  const points = Float64Array.of(view.plot.x, y, view.plot.x + view.plot.width, y);
  return [{ kind: 'line', points, stroke: 'priceLine', width: 1, dash: [1, 3], opacity: 0.8 }];
}

/** A price on a plate at the axis, as tall as `tagHeight`. */
export function tagText(input: LayerInput, y: number, price: number, plate: Paint, fill: Paint): TextItem {
  const label = formatPrice(price, decimalsOfTick(input.frame.facts.tickSize), input.locale);
  return {
    ...axisText(input, y, label, fill),
    plate: { fill: plate, paddingX: 5, paddingY: TAG_PADDING_Y, radius: 3 },
  };
}

/** Height of a tag in CSS pixels. */
export function tagHeight(fontSize: number): number {
  return Math.ceil(fontSize * 1.2) + 2 * TAG_PADDING_Y;
}

function tagsOf(input: LayerInput): readonly PriceTag[] {
  const last = lastPriceOf(input);
  const mark = input.frame.now?.mark;
  const showsMark =
    input.options.hasMarkLine !== false && mark !== undefined && mark > 0 && input.widthClass !== 'mini';
  return [
    ...(showsMark ? [{ price: mark, plate: 'accent', fill: 'surface' }] : []),
    ...(last === undefined ? [] : [{ price: last, plate: 'priceLine', fill: 'surface' }]),
  ];
}

function axisText({ view, theme, isAxisInside }: LayerInput, y: number, text: string, fill: Paint): TextItem {
  const edge = view.plot.x + view.plot.width;
  const plain: TextItem = {
    kind: 'text',
    x: isAxisInside ? edge - INSIDE_PADDING : edge + AXIS_PADDING,
    y,
    text,
    align: isAxisInside ? 'right' : 'left',
    baseline: 'middle',
    fill,
    size: theme.fontSize,
    isMono: true,
  };
  return isAxisInside ? { ...plain, plate: { fill: 'surface', paddingX: 3, paddingY: 1, radius: 3 } } : plain;
}

function verticalBorder(x: number, y: number, height: number, pixelRatio: number): DrawItem {
  const at = crisp(x, pixelRatio);
  return { kind: 'line', points: Float64Array.of(at, y, at, y + height), stroke: 'border', width: 1 / pixelRatio };
}
