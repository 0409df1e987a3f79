import type { Cluster, HeatmapSource, Price, SourceState, VenueStatus } from '@liquidation-heatmap/core';
import { LitElement, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, query } from 'lit/decorators.js';
import { CursorController } from '../controllers/cursor-controller.js';
import { NearnessController } from '../controllers/nearness-controller.js';
import { PictureController } from '../controllers/picture-controller.js';
import { SourceController } from '../controllers/source-controller.js';
import { ThemeController } from '../controllers/theme-controller.js';
import { ViewController, type VisibleRange } from '../controllers/view-controller.js';
import { RangeChangeEvent } from '../events/heatmap-events.js';
import { legendStyles } from '../legend/legend-styles.js';
import { legendView, placeLegend } from '../legend/legend-view.js';
import { listenToGestures } from '../paint/gesture/gesture-controller.js';
import { PAINT_LEVEL } from '../paint/paint-level.js';
import { watchVisibility } from '../paint/watch-visibility.js';
import type { DisplayedStatus } from '../status/displayed-status.js';
import { packagedWorkerUrl } from '../sources/worker-file.js';
import { checkConfig, speedOf, type HeatmapConfig } from './config.js';
import { defineOnce } from './define-once.js';
import { gestureListener } from './gesture-listener.js';
import { clusterStyles } from './cluster-styles.js';
import { clusterView } from './cluster-view.js';
import { glanceStyles } from './glance-styles.js';
import { glanceView } from './glance-view.js';
import { headerView, toolsView } from './header-view.js';
import { HeatmapModel } from './heatmap-model.js';
import { panelStyles } from './panel-styles.js';
import { coversStage, panelView } from './panel-view.js';
import { readoutView } from './readout-view.js';
import {
  DEFAULT_ATTRIBUTES,
  DEFAULT_SETTINGS,
  dataRateOf,
  readBoolean,
  readSettings,
  writtenOf,
  type HeatmapSettings,
} from './settings.js';
import { styles } from './styles.js';
import { tokens } from './tokens.js';
import { VERSION } from './version.js';

const booleanAttribute = {
  fromAttribute: readBoolean,
  toAttribute: (value: boolean) => (value ? '' : null),
};

/**
 * A live heatmap of estimated liquidation exposure over price and time.
 *
 * @element liquidation-heatmap
 * @slot - Shown while the element is not defined and when the chart cannot be shown.
 * @fires {ReadyEvent} lh-ready - The first picture of a connection stands.
 * @fires {StatusChangeEvent} lh-status-change - State or origin changed.
 * @fires {UpdateEvent} lh-update - Summary of the present, at most once a second.
 * @fires {CursorMoveEvent} lh-cursor-move - The crosshair moved, at most once a frame.
 * @fires {ClusterSelectEvent} lh-cluster-select - A cluster was chosen, or none any more.
 * @fires {RangeChangeEvent} lh-range-change - The visible part of time and price changed.
 * @fires {HeatmapErrorEvent} lh-error - Something is wrong; names the field and the rule.
 * @fires {HeatmapWarningEvent} lh-warning - Something was replaced or left out.
 * @csspart base - The whole widget.
 * @csspart name - Symbol and last price.
 * @csspart notes - The "Estimated" label and what the estimate lacks.
 * @csspart status - Dot and words that say how current the chart is and where it comes from.
 * @csspart glance - The nearest cluster above and below the price.
 * @csspart toolbar - The buttons.
 * @csspart plot - The stage: heat, axes, crosshair.
 * @csspart canvas - Holder of the heat's canvas.
 * @csspart overlay - Canvas of axes, candles and crosshair.
 * @csspart cluster - What is known of the chosen cluster.
 * @csspart tooltip - The readout beside the crosshair.
 * @csspart legend - Color bar, unit and scale mode.
 * @cssstate live - Current data of a venue or a running playback.
 * @cssstate stale - No data for 30 s or longer.
 * @cssstate loading - Waiting for the first picture.
 * @cssstate paused - Held by the reader or the page.
 * @cssstate error - The chart cannot be shown.
 * @cssstate compact - Narrow layout.
 */
export class LiquidationHeatmap extends LitElement {
  static override readonly styles = [tokens, styles, glanceStyles, clusterStyles, panelStyles, legendStyles];
  /** Version of this package. */
  static readonly version: string = VERSION;
  /** Where the worker's file is, unless `worker-url` says otherwise. Undefined = the packaged file; null = no worker. */
  static workerUrl: URL | string | null | undefined = undefined;

  /** Canonical pair, e.g. `BTCUSDT`. */
  @property({ reflect: true, useDefault: true }) symbol: string = DEFAULT_ATTRIBUTES.symbol;
  /** Venue ids, separated by spaces or commas; the first sets the price axis. */
  @property({ reflect: true, useDefault: true }) venues: string = DEFAULT_ATTRIBUTES.venues;
  /** `simulated:SEED`, a recording (`.ndjson.gz`) or a snapshot (`.lhs`); absent = the venues' public feeds. */
  @property({ reflect: true, useDefault: true }) src: string | null = null;
  /** Time shown: `15m 1h 12h 24h 3d 7d 30d 90d`. */
  @property({ reflect: true, useDefault: true }) range: string = DEFAULT_ATTRIBUTES.range;
  /** Width of a column: `auto 1s 5s 1m 5m 15m 1h 4h`. */
  @property({ reflect: true, useDefault: true }) interval: string = DEFAULT_ATTRIBUTES.interval;
  /** A frozen moment, ISO time. */
  @property({ reflect: true, useDefault: true }) at: string | null = null;
  /** Holds the view, and playback where there is one. */
  @property({ reflect: true, useDefault: true, converter: booleanAttribute }) paused = false;
  /** `auto light dark`; `auto` follows the computed `color-scheme`. */
  @property({ reflect: true, useDefault: true }) theme: string = DEFAULT_ATTRIBUTES.theme;
  /** Name of a palette, or `custom` for the `--lh-palette-*` tokens. */
  @property({ reflect: true, useDefault: true }) palette: string = DEFAULT_ATTRIBUTES.palette;
  /** `none` hides the "Estimated" label, only together with `config.acceptsLabelRemoval`. */
  @property({ reflect: true, useDefault: true }) labels: string = DEFAULT_ATTRIBUTES.labels;
  /** `auto mini compact full`. */
  @property({ reflect: true, useDefault: true }) layout: string = DEFAULT_ATTRIBUTES.layout;
  /** `auto` and `lazy` wait until the element is near the viewport; `eager` does not. */
  @property({ reflect: true, useDefault: true }) loading: string = DEFAULT_ATTRIBUTES.loading;
  /** How much is read of the venues: `auto` (all but the book; `lite` where the browser asks to save data), `full`, `lite`. */
  @property({ reflect: true, useDefault: true }) data: string = DEFAULT_ATTRIBUTES.data;
  /** Same-origin file of the worker. */
  @property({ attribute: 'worker-url', reflect: true, useDefault: true }) workerUrl: string | null = null;
  /** What is too rich for attributes. */
  @property({ attribute: false }) config: HeatmapConfig = {};
  /** A host's own source; wins over `src`. */
  @property({ attribute: false }) source: HeatmapSource | undefined;

  @query('.stage', true) private stage!: HTMLElement;
  @query('.heat', true) private heat!: HTMLElement;
  @query('.overlay', true) private overlay!: HTMLCanvasElement;
  @query('.probe', true) private probe!: HTMLElement;

  readonly #internals = this.attachInternals();
  readonly #nearness = new NearnessController(this, (isNear) => this.#nearnessChanged(isNear));
  readonly #theme = new ThemeController(() => this.#repaint());
  readonly #view = new ViewController(DEFAULT_SETTINGS.rangeMs);
  readonly #source = new SourceController((change) => this.#model.took(change));
  readonly #picture: PictureController = new PictureController({
    scene: (level) => this.#model.scene(level),
    painted: () => this.#model.painted(),
  });
  readonly #cursor: CursorController = new CursorController(this.#picture, this.#source, () =>
    this.#picture.invalidate(PAINT_LEVEL.cursor),
  );
  readonly #model: HeatmapModel = new HeatmapModel({
    element: this,
    states: this.#internals.states,
    theme: this.#theme,
    view: this.#view,
    source: this.#source,
    picture: this.#picture,
    cursor: this.#cursor,
  });
  #settings: HeatmapSettings = DEFAULT_SETTINGS;
  #stop: AbortController | undefined;

  /** Registers the element; the first definition of a tag wins and a second version is told once on the console. */
  static define(tag = 'liquidation-heatmap'): void {
    defineOnce(tag, this);
  }

  /** How current the chart is. */
  get status(): SourceState {
    return this.#model.displayed().state;
  }

  /** How each venue stands, as the source told last. */
  get venueStatus(): readonly VenueStatus[] {
    return this.#source.store.status?.venues ?? [];
  }

  /** Last traded price of the reference venue; undefined before any. */
  get lastPrice(): Price | undefined {
    return this.#model.lastPrice();
  }

  /** The seen part of time and price; undefined before the first picture. */
  get visibleRange(): VisibleRange | undefined {
    return this.#view.range;
  }

  /** Clusters that stand: the largest and the nearest on either side of the price, longs then shorts. */
  get clusters(): readonly Cluster[] {
    return this.#model.frame()?.facts.clusters ?? [];
  }

  get version(): string {
    return VERSION;
  }

  /** Holds the view and the playback. */
  pause(): void {
    this.paused = true;
  }

  /** Goes on. */
  resume(): void {
    this.paused = false;
  }

  /** Closes and opens the source anew. */
  reconnect(): void {
    this.#model.begin();
    this.#source.reconnect();
    this.requestUpdate();
  }

  /** Shows the whole range with fitted prices, and follows the present. */
  fit(): void {
    this.#view.setRangeMs(this.#settings.rangeMs);
    this.#view.fit();
    this.#moved();
  }

  /** Moves to the present at the scale in use, and follows it. */
  scrollToNow(): void {
    this.#view.scrollToNow();
    this.#moved();
  }

  /** Shows what is known of a cluster that stands; undefined shows none. */
  selectCluster(id: string | undefined): void {
    this.#model.selectCluster(id);
  }

  /** Shows exactly this part of time (Unix ms) and price. */
  setVisibleRange(range: VisibleRange): void {
    if (!(range.from < range.to && range.low > 0 && range.low < range.high)) {
      throw new RangeError('setVisibleRange needs from < to and 0 < low < high');
    }
    this.#view.set(range);
    this.#moved();
  }

  /** Pixels of the heat (RGBA, first row on top); undefined while nothing is painted. For exports and tests. */
  readHeatPixels(): Uint8ClampedArray | undefined {
    return this.#picture.readPixels();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#stop = new AbortController();
    const { signal } = this.#stop;
    for (const name of ['online', 'offline'] as const)
      globalThis.addEventListener(name, () => this.requestUpdate(), { signal });
    this.#model.watchWidth(signal);
    if (this.hasUpdated) this.#attach();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#stop?.abort();
    this.#detach();
    this.#theme.unwatch();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const { settings, faults } = readSettings(
      { ...DEFAULT_ATTRIBUTES, ...writtenOf(this) },
      this.ownerDocument.baseURI,
      this.#settings,
    );
    this.#settings = settings;
    this.#model.setFaults([...faults, ...checkConfig(this.config)]);
    this.#model.settings = settings;
    this.#nearness.setEager(settings.loading === 'eager');
    this.#source.setPaused(this.paused);
    this.#connect();
    if (changed.has('palette') || changed.has('theme') || changed.has('paused') || changed.has('labels'))
      this.#repaint();
    this.#model.settle();
  }

  protected override render(): TemplateResult {
    const model = this.#model;
    const panel = model.panel();
    return html`
      <div class="base" part="base" data-layout=${model.layout()}>
        ${headerView(model.header())}
        ${toolsView({
          ...model.tools(),
          onFit: () => this.fit(),
          onNow: () => this.scrollToNow(),
          onPause: () => (this.paused = !this.paused),
        })}
        ${coversStage(panel) && panel.kind === 'error' ? nothing : glanceView(model.glance(), model.messages, (id) => this.selectCluster(id))}
        <div
          class="stage"
          part="plot"
          tabindex="0"
          role=${coversStage(panel) ? 'group' : 'img'}
          aria-label=${model.summary()}
          data-dimmed=${model.isDimmed()}
        >
          <div class="heat" part="canvas"></div>
          <canvas class="overlay" part="overlay" aria-hidden="true"></canvas>
          ${readoutView(model.readout())}
          ${panelView(panel, model.messages, this.#settings.symbol, () => this.reconnect())}
          <div class="hint" part="gesture-hint" ?hidden=${!model.hasHint}>${model.hint()}</div>
        </div>
        ${clusterView(model.card(), model.messages, () => this.selectCluster(undefined))} ${legendView(model.legend())}
      </div>
      <span class="probe" aria-hidden="true"></span>
      <span class="announcer" role="status" aria-live="polite">${model.announcement()}</span>
    `;
  }

  protected override firstUpdated(): void {
    this.#attach();
  }

  protected override updated(): void {
    placeLegend(this.renderRoot as ShadowRoot, this.#model.legend(), this.#picture.colorTables?.long);
    this.#cursor.place(this.renderRoot.querySelector('.tooltip'), this.stage);
    this.#model.tell(this.#status());
  }

  #status(): DisplayedStatus {
    return this.#model.displayed();
  }

  /** Starts or stops what needs the page: nothing runs while the element is far from the viewport. */
  #nearnessChanged(isNear: boolean): void {
    if (isNear && this.hasUpdated) this.#attach();
    if (!isNear) this.#detach();
    this.requestUpdate();
  }

  #attach(): void {
    if (!this.isConnected) return;
    this.#theme.watch(this.probe);
    if (!this.#nearness.isNear || this.#model.isAttached) return;
    this.#model.isAttached = true;
    this.#picture.attach({ stage: this.stage, heat: this.heat, overlay: this.overlay });
    const stopVisibility = watchVisibility(this, (nearness) => this.#picture.setVisible(nearness === 'visible'));
    const stopGestures = listenToGestures(
      this.stage,
      gestureListener({
        view: this.#view,
        picture: this.#picture,
        cursor: this.#cursor,
        model: this.#model,
        moved: () => this.#moved(),
        fit: () => this.fit(),
      }),
    );
    const timer = setInterval(() => this.requestUpdate(), 1000);
    this.#model.onDetach = () => {
      stopVisibility();
      stopGestures();
      clearInterval(timer);
    };
    this.#connect();
    this.#repaint();
  }

  #detach(): void {
    this.#source.disconnect();
    this.#picture.detach();
    this.#model.onDetach?.();
    this.#model.onDetach = undefined;
    this.#model.isAttached = false;
  }

  #connect(): void {
    if (!this.#model.isAttached) return;
    if (this.#model.hasDecisiveFault) {
      this.#source.disconnect();
      return;
    }
    const { symbol, venues, rangeMs, intervalMs, at, source: choice } = this.#settings;
    const data = dataRateOf(this.#settings.data);
    const request = { symbol, venues, rangeMs, intervalMs, data, ...(at === undefined ? {} : { at }) };
    const speed = speedOf(this.config, choice);
    const isNew = this.#source.connect({ choice, request, speed, workerUrl: this.#workerUrl(), source: this.source });
    if (isNew) this.#model.begin();
  }

  #workerUrl(): URL | undefined {
    const own = this.workerUrl ?? (this.constructor as typeof LiquidationHeatmap).workerUrl;
    if (own === null) return undefined;
    return own === undefined ? packagedWorkerUrl() : new URL(own, this.ownerDocument.baseURI);
  }

  #repaint(): void {
    this.#picture.invalidate(PAINT_LEVEL.full);
    this.requestUpdate();
  }

  #moved(): void {
    this.#model.follow();
    this.#picture.invalidate(PAINT_LEVEL.view);
    this.requestUpdate();
    const { range } = this.#view;
    if (range !== undefined)
      this.dispatchEvent(new RangeChangeEvent({ from: range.from, to: range.to, low: range.low, high: range.high }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'liquidation-heatmap': LiquidationHeatmap;
  }
}
