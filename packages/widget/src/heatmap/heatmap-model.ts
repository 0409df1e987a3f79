import type { FrameChange, HeatmapFrame, Price, SourceStatus, UnixMs } from '@liquidation-heatmap/core';
import {
  decimalsOfTick,
  en,
  fill,
  formatPrice,
  glanceOf,
  legendModel,
  rampByLightness,
  type ClusterCard,
  type Glance,
  type LegendModel,
  type Messages,
  type Readout,
  type ReadoutLine,
} from '@liquidation-heatmap/picture';
import type { CursorController } from '../controllers/cursor-controller.js';
import type { PictureController, Scene } from '../controllers/picture-controller.js';
import type { SourceController } from '../controllers/source-controller.js';
import type { ThemeController } from '../controllers/theme-controller.js';
import type { ViewController } from '../controllers/view-controller.js';
import { ClusterSelectEvent } from '../events/heatmap-events.js';
import { PAINT_LEVEL, type PaintLevel } from '../paint/paint-level.js';
import { connectingStatus, originOf } from '../sources/job.js';
import { displayedStatus, type DisplayedStatus } from '../status/displayed-status.js';
import { ClusterChoice } from './cluster-choice.js';
import { EventTeller } from './event-teller.js';
import { StateSet } from './state-set.js';
import type { HeaderModel, ToolsModel } from './header-view.js';
import type { LiquidationHeatmap } from './element.js';
import type { PanelModel } from './panel-view.js';
import { DEFAULT_SETTINGS, type HeatmapSettings, type SettingsFault } from './settings.js';
import { localTimeZone } from './local-time-zone.js';
import { noteOf } from './note.js';
import { widthLayout } from './width-layout.js';

/** The parts of one element that its model looks at. */
export interface ModelParts {
  readonly element: LiquidationHeatmap;
  readonly states: CustomStateSet;
  readonly theme: ThemeController;
  readonly view: ViewController;
  readonly source: SourceController;
  readonly picture: PictureController;
  readonly cursor: CursorController;
}

/** How long the hint about gestures stands, ms. */
const HINT_MS = 1_600;

/** What one element shows, in words and numbers ready for its templates; tells the page by events what changed. */
export class HeatmapModel {
  readonly messages: Messages = en;
  readonly #parts: ModelParts;
  readonly #states: StateSet;
  readonly #teller: EventTeller;
  readonly #choice: ClusterChoice;
  settings: HeatmapSettings = DEFAULT_SETTINGS;
  isAttached = false;
  hasHint = false;
  onDetach: (() => void) | undefined;
  #faults: readonly SettingsFault[] = [];
  #frame: HeatmapFrame | undefined;
  #width = 0;
  #isReady = false;
  #hintTimer: ReturnType<typeof setTimeout> | undefined;
  #readout: Readout | undefined;
  #legendKey = '';
  #recordedFrom: UnixMs | undefined;

  constructor(parts: ModelParts) {
    this.#parts = parts;
    this.#states = new StateSet(parts.states);
    this.#teller = new EventTeller(parts.element);
    this.#choice = new ClusterChoice((cluster) => {
      parts.element.dispatchEvent(new ClusterSelectEvent({ cluster }));
      parts.element.requestUpdate();
    });
  }

  get hasDecisiveFault(): boolean {
    return this.#faults.some(({ isDecisive }) => isDecisive);
  }

  /** The held frame; undefined before the first snapshot. */
  frame(): HeatmapFrame | undefined {
    return this.#frame;
  }

  /** Another connection begins: nothing of the old one may show. */
  begin(): void {
    this.#frame = undefined;
    this.#recordedFrom = undefined;
    this.#isReady = false;
    this.#parts.view.reset(this.settings.rangeMs);
    this.#parts.picture.forget();
    this.#parts.picture.invalidate(PAINT_LEVEL.full);
  }

  /** Follows the element's width; the layout depends on nothing else. */
  watchWidth(signal: AbortSignal): void {
    const { element } = this.#parts;
    const observer = new ResizeObserver((entries) => {
      const width = entries.at(-1)!.contentRect.width;
      const layout = this.layout();
      this.#width = width;
      if (this.layout() !== layout) element.requestUpdate();
    });
    this.#width = element.clientWidth;
    observer.observe(element);
    signal.addEventListener('abort', () => observer.disconnect());
  }

  /** Takes note of one applied message. */
  took(change: FrameChange): void {
    const { source, picture, element } = this.#parts;
    if (change.kind === 'ignored') return;
    if (change.kind === 'status') {
      element.requestUpdate();
      picture.invalidate(PAINT_LEVEL.labels);
      return;
    }
    if (change.kind === 'reset') this.#isReady = false;
    this.#frame = source.store.frame();
    picture.invalidate(change.kind === 'facts' ? PAINT_LEVEL.labels : PAINT_LEVEL.data);
    element.requestUpdate();
  }

  /** Moves the view with the newest frame, unless the reader holds it. */
  follow(): void {
    const { view, source } = this.#parts;
    if (this.#frame !== undefined) view.follow(this.#frame, source.store);
  }

  /** What is to be painted now. */
  scene(level: PaintLevel): Scene | undefined {
    const { element, view, theme } = this.#parts;
    if (this.#frame === undefined || theme.theme === undefined) return undefined;
    if (level >= PAINT_LEVEL.data && !(element.paused && this.#isReady)) this.follow();
    if (view.range === undefined) return undefined;
    return {
      frame: this.#frame,
      status: this.#pictureStatus(),
      range: view.range,
      theme: theme.theme,
      palette: this.#palette(),
      messages: this.messages,
      locale: this.#locale(),
      timeZone: this.#timeZone(),
    };
  }

  /** A paint is done: readout, legend and events follow what is seen. */
  painted(): void {
    const { element, cursor, picture } = this.#parts;
    const readout = cursor.readout();
    if (readout?.time !== this.#readout?.time || readout?.price !== this.#readout?.price) this.#teller.cursor(readout);
    if (readout !== undefined || this.#readout !== undefined) element.requestUpdate();
    this.#readout = readout;
    const legendKey = JSON.stringify([picture.displayScale, picture.colorTables !== undefined]);
    if (legendKey !== this.#legendKey) element.requestUpdate();
    this.#legendKey = legendKey;
    if (!this.#isReady && this.#frame !== undefined) {
      this.#isReady = true;
      this.#teller.ready(this.settings.symbol, this.displayed().origin);
      element.requestUpdate();
    }
    if (this.#frame !== undefined) this.#teller.update(this.#frame);
  }

  /** Faults of attributes and config, the decisive ones among them. */
  setFaults(faults: readonly SettingsFault[]): void {
    this.#faults = faults;
  }

  /** Puts the custom states in line with what is shown. */
  settle(): void {
    const { state } = this.displayed();
    const isError = this.panel().kind === 'error';
    this.#states.set({
      live: state === 'live',
      stale: state === 'stale',
      loading: !isError && this.#frame === undefined && this.isAttached,
      paused: this.#parts.element.paused,
      error: isError,
      compact: this.layout() !== 'full',
    });
  }

  /** Fires what the page should hear after an update. */
  tell(displayed: DisplayedStatus): void {
    this.#teller.faults(this.#faults);
    const held = this.hasDecisiveFault ? undefined : this.#parts.source.store.status;
    if (this.#teller.status(displayed, held)) this.#parts.element.requestUpdate();
  }

  /** The status as the reader sees it now. */
  displayed(): DisplayedStatus {
    const decisive = this.#faults.find(({ isDecisive }) => isDecisive);
    if (decisive !== undefined)
      return {
        state: 'error',
        origin: originOf(this.settings.source),
        words: this.messages.error,
        sentence: decisive.message,
      };
    const isOnline = globalThis.navigator?.onLine !== false;
    return displayedStatus(
      this.#status(),
      Date.now(),
      { messages: this.messages, locale: this.#locale(), timeZone: this.#timeZone() },
      isOnline,
    );
  }

  lastPrice(): Price | undefined {
    const price = this.#frame?.now?.lastPrice;
    return price !== undefined && price > 0 ? price : undefined;
  }

  layout(): 'mini' | 'compact' | 'full' {
    return this.settings.layout === 'auto' ? widthLayout(this.#width) : this.settings.layout;
  }

  header(): HeaderModel {
    const { element } = this.#parts;
    const { text, hint } = noteOf(this.#frame?.facts, this.settings, this.#parts.source.store.status, this.messages);
    const status = this.displayed();
    const words =
      element.paused && status.state === 'live' ? `${status.words} · ${this.messages.paused}` : status.words;
    return {
      symbol: this.settings.symbol,
      price: this.#priceText(),
      hasLabel: !(this.settings.labels === 'none' && element.config.acceptsLabelRemoval === true),
      note: text,
      noteHint: hint,
      status: { ...status, words },
      messages: this.messages,
    };
  }

  tools(): Omit<ToolsModel, 'onFit' | 'onNow' | 'onPause'> {
    const { view, element } = this.#parts;
    return {
      isPaused: element.paused,
      isFitted: view.isFitted,
      followsTime: view.followsTime,
      hasPicture: this.#frame !== undefined,
      messages: this.messages,
    };
  }

  panel(): PanelModel {
    const decisive = this.#faults.find(({ isDecisive }) => isDecisive);
    if (decisive !== undefined)
      return { kind: 'error', sentence: decisive.message, canRetry: false, hasPicture: false };
    const displayed = this.displayed();
    const hasPicture = this.#frame !== undefined && this.#parts.view.range !== undefined;
    if (displayed.state === 'error') return { kind: 'error', sentence: displayed.sentence, canRetry: true, hasPicture };
    const [fault] = this.#faults;
    if (hasPicture && fault !== undefined)
      return { kind: 'notice', sentence: `${fault.message}; the last good value stays` };
    if (hasPicture) return { kind: 'none' };
    if (this.#frame !== undefined) return { kind: 'empty' };
    return { kind: 'waiting', sentence: displayed.state === 'idle' ? '' : displayed.sentence };
  }

  /** True when the heat may be out of date: it is shown without strong colors. */
  isDimmed(): boolean {
    const { state } = this.displayed();
    return state === 'stale' || state === 'offline' || (state === 'error' && this.#frame !== undefined);
  }

  readout(): readonly ReadoutLine[] {
    const frame = this.#frame;
    if (frame === undefined) return [];
    const { facts } = frame;
    const displayScale = this.#parts.picture.displayScale;
    return this.#parts.cursor.lines(this.#readout, {
      facts,
      displayScale,
      messages: this.messages,
      locale: this.#locale(),
      timeZone: this.#timeZone(),
    });
  }

  /** The nearest clusters in words; undefined before any price. */
  glance(): Glance | undefined {
    if (this.#frame === undefined) return undefined;
    return glanceOf(this.#frame, { messages: this.messages, locale: this.#locale() });
  }

  /** Chooses the cluster whose card is shown. */
  selectCluster(id: string | undefined): void {
    this.#choice.choose(this.#frame, id);
  }

  /** Goes on to the next cluster at a higher (1) or lower (-1) price, and says what it is. */
  stepCluster(step: 1 | -1): void {
    if (!this.#choice.step(this.#frame, step)) return;
    const { title, rows } = this.card() ?? { title: '', rows: [] };
    this.#teller.announced = [title, ...rows.map(({ label, value }) => `${label}: ${value}`)].join('. ');
  }

  /** The card of the chosen cluster; undefined once it stands no more. */
  card(): ClusterCard | undefined {
    const words = { messages: this.messages, locale: this.#locale(), timeZone: this.#timeZone() };
    return this.#choice.card(this.#frame, words);
  }

  legend(): LegendModel | undefined {
    const { displayScale } = this.#parts.picture;
    if (this.#frame === undefined || displayScale === undefined) return undefined;
    return legendModel(
      displayScale,
      this.#frame.facts,
      this.#frame.facts.scale === 'relative' ? 'relative' : 'absolute',
      this.messages,
      this.#locale(),
    );
  }

  /** What a reader who does not see the chart is told about it. */
  summary(): string {
    const label = fill(this.messages.chartLabel, { symbol: this.settings.symbol });
    const price = this.#priceText();
    return [label, price === '' ? '' : `${this.messages.lastPrice} ${price}`, this.displayed().words]
      .filter((part) => part !== '')
      .join(', ');
  }

  announcement(): string {
    return this.#teller.announced;
  }

  hint(): string {
    const isApple = /Mac|iPhone|iPad/u.test(globalThis.navigator?.platform ?? '');
    return fill(this.messages.gestureHintWheel, { key: isApple ? '⌘' : 'Ctrl' });
  }

  /** Says for a moment how the chart is zoomed. */
  showHint(): void {
    clearTimeout(this.#hintTimer);
    this.hasHint = true;
    this.#hintTimer = setTimeout(() => {
      this.hasHint = false;
      this.#parts.element.requestUpdate();
    }, HINT_MS);
    this.#parts.element.requestUpdate();
  }

  /** The source's status; a recording is named by the day it begins on. */
  #status(): SourceStatus | undefined {
    const { status } = this.#parts.source.store;
    if (status === undefined && this.isAttached) return connectingStatus(this.settings.source);
    if (status?.origin !== 'recorded' || status.dataTime === undefined) return status;
    this.#recordedFrom ??= status.dataTime;
    return { ...status, dataTime: this.#recordedFrom };
  }

  /** A recording that has ended is still a recording: the watermark says so. */
  #pictureStatus(): SourceStatus | undefined {
    const { status } = this.#parts.source.store;
    return status?.origin === 'recorded' && status.state === 'frozen' ? { ...status, state: 'live' } : status;
  }

  #priceText(): string {
    const price = this.lastPrice();
    const tickSize = this.#frame?.facts.tickSize;
    if (price === undefined || tickSize === undefined) return '';
    return formatPrice(price, tickSize === '' ? 2 : decimalsOfTick(tickSize), this.#locale());
  }

  #palette(): Scene['palette'] {
    if (this.settings.palette !== 'custom') return { long: this.settings.palette, short: undefined };
    const { theme } = this.#parts;
    const shared = theme.customStops();
    const long = theme.customStops('long-') ?? shared;
    if (long === undefined || rampByLightness(long) === undefined) return this.#paletteRefused();
    const short = theme.customStops('short-');
    return { long, short: short !== undefined && rampByLightness(short) !== undefined ? short : undefined };
  }

  #paletteRefused(): Scene['palette'] {
    const message =
      'palette="custom" needs --lh-palette-0 to --lh-palette-8, each lighter than the one before; inferno is used';
    this.#teller.warn({ code: 'invalid-palette', field: 'palette', message });
    return { long: 'inferno', short: undefined };
  }

  #locale(): string {
    const lang = this.#parts.element.closest('[lang]')?.getAttribute('lang') ?? '';
    return lang === '' ? 'en-US' : lang;
  }

  #timeZone(): string {
    return localTimeZone();
  }
}
