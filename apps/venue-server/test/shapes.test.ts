import { expect, test } from 'vitest';
import { VENUE_NAMES, type VenueName } from '../src/index.js';
import { BINANCE_UNRECORDED } from '../src/venues/binance/unrecorded-fields.js';
import { BYBIT_UNRECORDED } from '../src/venues/bybit/unrecorded-fields.js';
import { HYPERLIQUID_UNRECORDED } from '../src/venues/hyperliquid/unrecorded-fields.js';
import { OKX_UNRECORDED } from '../src/venues/okx/unrecorded-fields.js';
import type { UnrecordedFields } from '../src/venues/unrecorded-fields.js';
import { ownShapes } from './own-shapes.js';
import { recordedShapes, whyNoRecordings, type Shapes } from './wire-shapes.js';

const UNRECORDED: Readonly<Record<VenueName, readonly UnrecordedFields[]>> = {
  binance: BINANCE_UNRECORDED,
  bybit: BYBIT_UNRECORDED,
  okx: OKX_UNRECORDED,
  hyperliquid: HYPERLIQUID_UNRECORDED,
};
/** Recorded kinds that this server does not send, because no reader of the project asks for them. */
const NOT_SENT: Readonly<Record<VenueName, readonly string[]>> = {
  binance: [],
  bybit: [],
  okx: ['tickers'],
  hyperliquid: [],
};
const skipReason = whyNoRecordings();
const titled = skipReason === undefined ? '' : ` (skipped: ${skipReason})`;

/** `kind field` of everything in the first that is not in the second. */
function beyond(shapes: Shapes, known: Shapes): string[] {
  return [...shapes].flatMap(([kind, fields]) =>
    [...fields].filter((field) => known.get(kind)?.has(field) !== true).map((field) => `${kind} ${field}`),
  );
}

test.skipIf(skipReason !== undefined).each(VENUE_NAMES)(
  `what %s sends here has the recorded fields and types, and no others but those listed with their source${titled}`,
  (venue) => {
    const [own, recorded] = [ownShapes(venue), recordedShapes(venue)];
    const listed = UNRECORDED[venue].flatMap(({ kind, fields }) => fields.map((field) => `${kind} ${field}`));
    // As sets they are equal: a list that names what was recorded since, or what is not sent, is out of date.
    expect(beyond(own, recorded).sort()).toEqual([...listed].sort());
    const missing = beyond(recorded, own);
    expect(missing.filter((field) => !NOT_SENT[venue].some((kind) => field.startsWith(`${kind} `)))).toEqual([]);
  },
);

test('every listed field names its source', () => {
  for (const { source, fields } of Object.values(UNRECORDED).flat()) {
    expect(source).toMatch(/^(https:\/\/|venues\.md|from memory)/);
    expect(fields.length).toBeGreaterThan(0);
  }
});
