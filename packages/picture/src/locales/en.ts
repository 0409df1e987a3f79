/** Every text a reader can see, in American English. Keys are the contract of every other language. */
export const en = {
  // What the picture is, and what it rests on.
  estimated: 'Estimated',
  estimatedHint:
    'Venues do not publish where positions would be liquidated. Colors show a model of it, built from public data.',
  relativeScale: 'relative - no open interest',
  noOpenInterest: 'no open interest',
  withoutVenues: 'without {venues}',
  priorOnly: 'prior only',
  priorOnlyHint: 'No liquidation print has corrected the estimate yet.',
  outdatedTablesHint: 'Distances rest on margin tables that may be outdated: {tables}.',
  projection: 'Projection',
  projectionHint: 'The present exposure, carried forward unchanged.',

  // How current it is, and where it comes from.
  live: 'live',
  connecting: 'connecting',
  amber: 'delayed {age}',
  stale: 'stale {age}',
  noData: 'no data {age}',
  offline: 'offline',
  frozen: 'frozen at {time}',
  idle: 'idle',
  error: 'error',
  recorded: 'recorded {date}',
  simulated: 'simulated',
  relay: 'via relay',
  snapshot: 'snapshot {date}',
  paused: 'paused',

  // Watermarks, short because they are large.
  watermarkSimulated: 'SIMULATED',
  watermarkRecorded: 'RECORDED',
  watermarkFrozen: 'FROZEN',

  // Sides.
  long: 'Long',
  short: 'Short',
  longsLiquidated: 'Longs liquidated',
  shortsLiquidated: 'Shorts liquidated',
  forcedSelling: 'forced selling',
  forcedBuying: 'forced buying',

  // Clusters.
  above: 'Above',
  below: 'Below',
  uncertain: 'uncertain',
  noCluster: 'none stands out',
  noClusterYet: 'none stands out yet',
  glanceLabel: 'Nearest clusters',
  glanceSentence: '{where}: {parts}',
  ifReached: '{flow} if reached',
  ageOf: 'age {age}',

  // Legend.
  legendTitle: 'Estimated exposure',
  legendUnit: 'USD per {rows} price row',
  legendPercent: '% of the brightest cell in view',
  legendEmpty: 'No exposure in view',
  scaleAbsolute: 'absolute scale',
  scaleRelative: 'relative scale',
  scaleShared: 'shared scale',
  brightest: 'brightest',
  threshold: 'Hide below',

  // Readout.
  time: 'Time',
  price: 'Price',
  priceRow: 'Row {low} - {high}',
  longExposure: 'Longs: {value} {flow}',
  shortExposure: 'Shorts: {value} {flow}',
  ofBrightest: '{percent} of brightest',
  meanAge: 'Mean age {age}',
  venueShare: '{venue}: {value}',
  distance: '{change} from mark',
  noExposure: 'No exposure here',
  noColumn: 'No data at this time',
  readoutProjection: 'Projection from {time}, model {model}',
  print: 'Liquidation {value} at {price}',

  // Price lines.
  lastPrice: 'Last',
  markPrice: 'Mark',

  // Time.
  seconds: '{n} s',
  minutes: '{n} min',
  hours: '{n} h',
  days: '{n} d',

  // States of the element.
  loading: 'Loading {symbol}',
  waiting: 'Waiting for {venue}',
  empty: 'No exposure to show yet',
  emptyHint: 'The estimate begins with the first trades.',
  hatchHint: 'Hatched: no data for this time',
  fallbackCanvas: 'Drawn without WebGL',
  reconnecting: 'Reconnecting',

  // Errors: what is wrong, and the rule.
  errorUnreachable: '{source} cannot be reached. It will be tried again.',
  errorUnknownSymbol: 'No venue lists {symbol}. Use a pair such as BTCUSDT.',
  errorInvalidAttribute: '{attribute}="{value}" is not valid: {rule}',
  errorCorruptSnapshot: '{source} is not a readable snapshot: {rule}',
  errorAtUnavailable: 'Data at {time} are not available from {source}.',
  errorRefusedMessage: 'A message from {source} was refused: {field} {rule}',
  errorEnded: '{source} has ended.',

  // Controls.
  controlFit: 'Fit',
  controlNow: 'Go to now',
  controlPause: 'Pause',
  controlResume: 'Resume',
  controlZoomIn: 'Zoom in',
  controlZoomOut: 'Zoom out',
  gestureHint: 'Use two fingers to move the chart',
  gestureHintWheel: 'Hold {key} and scroll to zoom',
  chartLabel: 'Estimated liquidation heatmap of {symbol}',
} as const;
