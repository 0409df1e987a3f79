import type { LiquidationHeatmap } from '@liquidation-heatmap/widget';
import { defineHeatmap } from './define-heatmap.js';
import { ALL_LIVE, namesOf, reachableVenues, type LiveVenue } from './probe-live.js';
import { listRecordings, type RecordingEntry } from './recordings.js';
import { part } from './part.js';
import { connectSchemeSwitch } from './scheme-switch.js';
import { fillSegments } from './segments.js';

type Source = 'live' | 'recorded' | 'simulated' | 'venue-server';

interface Choice {
  readonly symbol: string;
  readonly range: string;
  readonly source: Source;
  /** Market seconds a wall second; recordings only. */
  readonly speed: string;
}

const SYMBOLS = ['BTC', 'ETH', 'SOL', 'XRP', 'DOGE'];
const RANGES = ['15m', '1h', '24h', '7d'];
/** Venues a venue server stands for and adapters read live. */
const SERVED_VENUES = 'binance bybit okx';
/** Where a venue server listens unless the address says otherwise: `&port=8900`. */
const venueServerPort = new URLSearchParams(location.search).get('port') ?? '8900';
/** The simulated market of this page; the same seed shows the same market. */
const SEED = 'demo';

const chart = part<LiquidationHeatmap>('liquidation-heatmap');
const sentence = part('.choice');
let recordings: readonly RecordingEntry[] = [];
/** Venues that answered this page's ping; undefined where nobody was asked. */
let reached: readonly LiveVenue[] | undefined;
let choice: Choice = { symbol: 'BTCUSDT', range: '24h', source: 'simulated', speed: '1' };

connectSchemeSwitch();
void start();

async function start(): Promise<void> {
  const asked = fromAddress();
  if (asked.source === undefined) sentence.textContent = `Asking ${namesOf(ALL_LIVE)} for live data …`;
  [recordings, reached] = await Promise.all([
    listRecordings(),
    asked.source === undefined ? reachableVenues() : undefined,
  ]);
  defineHeatmap();
  choose({ source: reached !== undefined && reached.length > 0 ? 'live' : 'simulated', ...asked });
}

/** Nobody of those who were asked has answered. */
function isNobodyThere(): boolean {
  return reached?.length === 0;
}

/** Venues to read live: those that answered, or all where nobody was asked or has answered. */
function liveVenues(): readonly LiveVenue[] {
  return reached === undefined || reached.length === 0 ? ALL_LIVE : reached;
}

/** What the address asks for: `?symbol=ETHUSDT&range=1h&source=recorded&speed=60`. */
function fromAddress(): Partial<Choice> {
  const asked = new URLSearchParams(location.search);
  const entries = ['symbol', 'range', 'source', 'speed'].flatMap((name) => {
    const value = asked.get(name);
    return value === null ? [] : [[name, value]];
  });
  return Object.fromEntries(entries) as Partial<Choice>;
}

function choose(change: Partial<Choice>): void {
  const startsRecording = change.source === 'recorded' && choice.source !== 'recorded';
  choice = { ...choice, ...(startsRecording ? { range: '15m' } : {}), ...change };
  if (choice.source === 'recorded' && recordingOf(choice.symbol) === undefined) {
    choice =
      recordings.length === 0 ? { ...choice, source: 'simulated' } : { ...choice, symbol: recordings[0]!.symbols[0]! };
  }
  showChart();
  showControls();
}

function recordingOf(symbol: string): RecordingEntry | undefined {
  return recordings.find((recording) => recording.symbols.includes(symbol));
}

function showChart(): void {
  const { symbol, range, source } = choice;
  chart.symbol = symbol;
  chart.range = range;
  chart.venues = venuesOf(source);
  chart.src = srcOf(choice);
  document.title = `${symbol} - liquidation heatmap`;
  sentence.textContent = sentenceOf(choice);
}

function venuesOf(source: Source): string {
  if (source === 'venue-server') return SERVED_VENUES;
  if (source !== 'live') return 'binance';
  return liveVenues()
    .map(({ venue }) => venue)
    .join(' ');
}

function srcOf({ source, symbol, speed }: Choice): string | null {
  switch (source) {
    case 'live':
      return null;
    case 'recorded':
      return `${recordingOf(symbol)?.url}?speed=${speed}`;
    case 'simulated':
      return `simulated:${SEED}`;
    case 'venue-server':
      return `venue-server:${venueServerPort}`;
  }
}

function sentenceOf({ source, symbol, speed }: Choice): string {
  switch (source) {
    case 'venue-server':
      return `A simulated market with invented prices, told by a venue server on this machine (port ${venueServerPort}).`;
    case 'live':
      return isNobodyThere()
        ? `Live was asked for, but ${namesOf(ALL_LIVE)} did not answer within 4 s.`
        : `Live from ${namesOf(liveVenues())}.`;
    case 'recorded':
      return `A recording of Binance of ${recordingOf(symbol)?.date}, played at ${speed}x. Not the present market.`;
    case 'simulated':
      return isNobodyThere()
        ? `${namesOf(ALL_LIVE)} did not answer within 4 s, so this is a simulated market with invented prices.`
        : 'A simulated market with invented prices.';
  }
}

function showControls(): void {
  const { symbol, range, source, speed } = choice;
  const isRecorded = source === 'recorded';
  fillSegments(
    'symbol',
    SYMBOLS.map((label) => ({
      value: `${label}USDT`,
      label,
      isDisabled: isRecorded && recordingOf(`${label}USDT`) === undefined,
    })),
    symbol,
    (value) => choose({ symbol: value }),
  );
  fillSegments(
    'range',
    RANGES.map((label) => ({ value: label, label, isDisabled: isRecorded && label !== '15m' && label !== '1h' })),
    range,
    (value) => choose({ range: value }),
  );
  fillSegments(
    'source',
    [
      { value: 'live', label: 'Live' },
      ...(recordings.length === 0 ? [] : [{ value: 'recorded', label: 'Recorded' }]),
      { value: 'simulated', label: 'Simulated' },
      ...(source === 'venue-server' ? [{ value: 'venue-server', label: 'Served' }] : []),
    ],
    source,
    (value) => choose({ source: value as Source }),
  );
  fillSegments(
    'speed',
    ['1', '60'].map((value) => ({ value, label: `${value}x` })),
    speed,
    (value) => choose({ speed: value }),
  );
  part('[data-name="speed"]').hidden = !isRecorded;
}
