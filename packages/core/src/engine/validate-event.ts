import { checkBrackets } from '../margin/brackets.js';
import { venueOf } from '../model/instrument.js';
import type { BookDelta, BookSnapshot, BracketsPublished, MarketEvent } from '../model/market-event.js';
import type { Fault } from '../model/parsed.js';

type Check = readonly [field: string, value: number, rule: 'positive' | 'not negative' | 'finite' | 'a share'];

const KINDS: Readonly<Record<MarketEvent['kind'], true>> = {
  'trade': true,
  'bar': true,
  'mark': true,
  'mark-bar': true,
  'index': true,
  'spot': true,
  'open-interest': true,
  'funding': true,
  'long-short-ratio': true,
  'liquidation': true,
  'book-snapshot': true,
  'book-delta': true,
  'instrument': true,
  'brackets': true,
  'gap': true,
  'resumed': true,
  'status': true,
  'tick': true,
};

/** What is wrong with an event, or undefined. Core trusts no number it did not check: one NaN would poison every column after it. */
export function faultOf(event: MarketEvent): Fault | undefined {
  if (!Object.hasOwn(KINDS, event.kind)) {
    const message = `kind must be one of ${Object.keys(KINDS).join(' ')}, was ${String((event as MarketEvent).kind)}`;
    return { code: 'unknown-kind', field: 'kind', message };
  }
  const times: Check[] = [[`${event.kind}.seenTime`, event.seenTime, 'positive']];
  if (event.kind !== 'tick') times.push([`${event.kind}.eventTime`, event.eventTime, 'positive']);
  for (const [field, value, rule] of [...times, ...checksOf(event)]) {
    if (!holds(value, rule)) return { code: 'bad-value', field, message: `${field} must be ${rule}, was ${value}` };
  }
  if ((event.kind === 'bar' || event.kind === 'mark-bar') && event.low > event.high) {
    const field = `${event.kind}.low`;
    return { code: 'bad-value', field, message: `${field} must not exceed high, was ${event.low} over ${event.high}` };
  }
  if (event.kind === 'brackets') return bracketsFault(event);
  return event.kind === 'book-snapshot' || event.kind === 'book-delta' ? bookFault(event) : undefined;
}

/** A table with a hole, a requirement that falls, a leverage that rises says nothing: which of its rows is wrong cannot be told. */
function bracketsFault({ instrument, table }: BracketsPublished): Fault | undefined {
  const venue = venueOf(instrument);
  if (table.venue !== venue) {
    const message = `brackets.table.venue must be ${venue}, was ${table.venue}`;
    return { code: 'bad-value', field: 'brackets.table.venue', message };
  }
  const checked = checkBrackets(table);
  if (checked.ok) return undefined;
  const { field, message } = checked.fault;
  return { code: 'bad-value', field: `brackets.table.${field}`, message: `brackets.table.${message}` };
}

/** Levels are two columns of one length: positive ticks (fractions stand where a venue has coarsened them), sizes of which 0 deletes. */
function bookFault(event: BookSnapshot | BookDelta): Fault | undefined {
  for (const side of ['bids', 'asks'] as const) {
    const { ticks, sizes } = event[side];
    const field = `${event.kind}.${side}`;
    if (ticks.length !== sizes.length) {
      const message = `${field} must have a size for each of its ${ticks.length} prices, had ${sizes.length}`;
      return { code: 'bad-value', field, message };
    }
    const wrong = ticks.findIndex((tick, i) => !(holds(tick, 'positive') && holds(sizes[i]!, 'not negative')));
    if (wrong < 0) continue;
    const message = `${field}[${wrong}] must be positive ticks and a size that is not negative, was ${ticks[wrong]} and ${sizes[wrong]}`;
    return { code: 'bad-value', field: `${field}[${wrong}]`, message };
  }
  return undefined;
}

function holds(value: number, rule: Check[2]): boolean {
  if (!Number.isFinite(value)) return false;
  if (rule === 'positive') return value > 0;
  if (rule === 'not negative') return value >= 0;
  return rule === 'finite' || (value >= 0 && value <= 1);
}

function checksOf(event: MarketEvent): readonly Check[] {
  switch (event.kind) {
    case 'trade':
      return [
        ['trade.priceTicks', event.priceTicks, 'positive'],
        ['trade.size', event.size, 'positive'],
      ];
    case 'bar':
      return [
        ...rangeChecks(event.kind, event),
        ['bar.size', event.size, 'not negative'],
        ['bar.takerBuySize', event.takerBuySize ?? 0, 'not negative'],
      ];
    case 'mark-bar':
      return rangeChecks(event.kind, event);
    case 'mark':
    case 'index':
    case 'spot':
      return [[`${event.kind}.price`, event.price, 'positive']];
    case 'open-interest':
      return [['open-interest.size', event.size, 'not negative']];
    case 'funding':
      return [['funding.rate', event.rate, 'finite']];
    case 'long-short-ratio':
      return [['long-short-ratio.longShare', event.longShare, 'a share']];
    case 'liquidation':
      return [
        ['liquidation.price', event.price, 'positive'],
        ['liquidation.size', event.size, 'positive'],
      ];
    default:
      return [];
  }
}

function rangeChecks(
  kind: string,
  bar: {
    readonly durationMs: number;
    readonly open: number;
    readonly high: number;
    readonly low: number;
    readonly close: number;
  },
): readonly Check[] {
  return [
    [`${kind}.durationMs`, bar.durationMs, 'positive'],
    [`${kind}.open`, bar.open, 'positive'],
    [`${kind}.high`, bar.high, 'positive'],
    [`${kind}.low`, bar.low, 'positive'],
    [`${kind}.close`, bar.close, 'positive'],
  ];
}
