import type { InstrumentListed, Liquidation, MarketEvent, PositionSide } from '../../model/market-event.js';
import { notionalUsd } from '../../model/instrument.js';
import { MS_PER_HOUR } from '../../model/units.js';
import { upperBound } from '../../numeric/binary-search.js';
import { SeededRandom } from '../../numeric/seeded-random.js';
import { InstrumentInputs } from '../baselines/instrument-inputs.js';
import { scoreFlow, type FlowScore, type FlowWindow } from '../metrics/flow-score.js';
import { scoreEdges, SCORE_HALF_WIDTH, type SideBins } from '../score-bins.js';
import type { ScoreModel } from '../score-model.js';
import { printRank, summarizeRanks, type DatedRank, type RankSummary } from './print-rank.js';

const WINDOW_MS = MS_PER_HOUR;
const MS_PER_DAY = 24 * MS_PER_HOUR;
/** 0.1 % of the price a bin, as wide as a lattice row. */
const BINS = 240;
const SIDES: readonly PositionSide[] = ['long', 'short'];

/** How a map of real data did against the liquidations that venues printed. */
export interface PrintWalkSummary {
  /** Whole hours judged. */
  readonly windows: number;
  readonly map: RankSummary;
  /** The same map with above and below exchanged. */
  readonly mirrored: RankSummary;
  /** A map of an earlier day, moved to the present price. */
  readonly earlier: RankSummary;
  /** Volume; only shape means anything where the feed is throttled. */
  readonly flow: FlowScore;
}

interface Window {
  readonly start: number;
  readonly price: number;
  readonly map: SideBins;
  readonly openInterestUsd: number;
  low: number;
  high: number;
  readonly prints: {
    readonly time: number;
    readonly side: PositionSide;
    readonly price: number;
    readonly usd: number;
  }[];
}

/**
 * Walk-forward check on the liquidations of one instrument: at each full hour the map is fixed, then the hour's prints are
 * located in it among the bins that price went through. The way of the price is thereby given; what is judged is place.
 */
export class PrintWalk {
  readonly #model: ScoreModel;
  readonly #random: SeededRandom;
  readonly #maps: { readonly start: number; readonly map: SideBins }[] = [];
  readonly #ranks: Record<'map' | 'mirrored' | 'earlier', DatedRank[]> = { map: [], mirrored: [], earlier: [] };
  readonly #flow: FlowWindow[] = [];
  #inputs: InstrumentInputs | undefined;
  #window: Window | undefined;
  #windows = 0;

  constructor(model: ScoreModel, seed = 1) {
    this.#model = model;
    this.#random = new SeededRandom(seed);
  }

  apply(event: MarketEvent): void {
    this.#turnHour(event.seenTime);
    this.#model.apply(event);
    if (event.kind === 'tick' || event.kind === 'status') return;
    if (event.kind === 'instrument' && this.#inputs === undefined) this.#inputs = this.#listen(event);
    if (event.instrument !== this.#inputs?.spec.id) return;
    this.#inputs.apply(event);
    if (event.kind === 'liquidation') this.#note(event, this.#inputs);
  }

  summary(): PrintWalkSummary {
    return {
      windows: this.#windows,
      map: summarizeRanks(this.#ranks.map),
      mirrored: summarizeRanks(this.#ranks.mirrored),
      earlier: summarizeRanks(this.#ranks.earlier),
      flow: scoreFlow(this.#flow),
    };
  }

  #listen(event: InstrumentListed): InstrumentInputs {
    return new InstrumentInputs(event.spec, {
      onPath: (low, high) => {
        if (this.#window === undefined) return;
        this.#window.low = Math.min(this.#window.low, low);
        this.#window.high = Math.max(this.#window.high, high);
      },
    });
  }

  /** Where a venue tells the forced order's limit instead of the fill, the print is located by the price of its moment. */
  #note(print: Liquidation, inputs: InstrumentInputs): void {
    const price = print.priceKind === 'fill' ? print.price : inputs.price;
    const usd = notionalUsd(inputs.spec.kind, print.size, print.price);
    this.#window?.prints.push({ time: print.eventTime, side: print.positionSide, price, usd });
  }

  /** A map needs open interest; before it is known no hour is judged. */
  #turnHour(time: number): void {
    const start = Math.floor(time / WINDOW_MS) * WINDOW_MS;
    if (this.#window?.start === start) return;
    if (this.#window !== undefined && start === this.#window.start + WINDOW_MS) this.#judge(this.#window);
    const price = this.#inputs?.price ?? Number.NaN;
    const openInterestUsd = this.#inputs?.openInterestUsd ?? 0;
    this.#window = undefined;
    if (!(price > 0 && openInterestUsd > 0)) return;
    const { long, short } = this.#model.density(scoreEdges(price, SCORE_HALF_WIDTH, BINS));
    this.#window = { start, price, map: { long, short }, openInterestUsd, low: price, high: price, prints: [] };
  }

  #judge(window: Window): void {
    this.#windows++;
    const mirrored = { long: window.map.short.slice().reverse(), short: window.map.long.slice().reverse() };
    const old = this.#maps.filter(({ start }) => start <= window.start - MS_PER_DAY);
    const earlier = old.length === 0 ? undefined : old[this.#random.integer(old.length)]!.map;
    this.#rank(window, window.map, this.#ranks.map);
    this.#rank(window, mirrored, this.#ranks.mirrored);
    if (earlier !== undefined) this.#rank(window, earlier, this.#ranks.earlier);
    for (const side of SIDES) this.#flow.push(flowOf(window, side));
    this.#maps.push({ start: window.start, map: window.map });
  }

  #rank(window: Window, map: SideBins, ranks: DatedRank[]): void {
    const edges = scoreEdges(window.price, SCORE_HALF_WIDTH, BINS);
    for (const print of window.prints) {
      const [from, to] = sweptBins(window, print.side, edges);
      const band = { edges: edges.slice(from, to + 1), density: map[print.side].slice(from, to) };
      ranks.push({ day: Math.floor(print.time / MS_PER_DAY), rank: printRank(print, band) });
    }
  }
}

/** Bins that price entered on one side, whole, [from, to). */
function sweptBins({ price, low, high }: Window, side: PositionSide, edges: Float64Array): readonly [number, number] {
  const middle = BINS / 2;
  if (side === 'long') return [Math.max(0, low < price ? upperBound(edges, low) - 1 : middle), middle];
  return [middle, Math.min(BINS, high > price ? upperBound(edges, high) : middle)];
}

/** What the map held on the way, the outermost bin by its crossed share. */
function flowOf(window: Window, side: PositionSide): FlowWindow {
  const edges = scoreEdges(window.price, SCORE_HALF_WIDTH, BINS);
  const [low, high] = side === 'long' ? [window.low, window.price] : [window.price, window.high];
  let predicted = 0;
  for (let bin = 0; bin < BINS; bin++) {
    const covered = Math.min(edges[bin + 1]!, high) - Math.max(edges[bin]!, low);
    if (covered > 0) predicted += (window.map[side][bin]! * covered) / (edges[bin + 1]! - edges[bin]!);
  }
  const realized = window.prints.reduce((sum, print) => sum + (print.side === side ? print.usd : 0), 0);
  const range = (high - low) / window.price;
  return { predicted, realized, range, openInterestUsd: window.openInterestUsd };
}
