const SOCKET = 'wss://fstream.binance.com/market/stream';
const START = Date.UTC(2024, 7, 8, 12);
const STEP_MS = 250;

/** Trades in `recordingLines`: 40 s of them. */
export const TRADES = 160;

/** Price of a trade by its place, as the venue writes it: a multiple of 0.10 around 60,000. */
export function priceAt(step: number): string {
  return `${(60_000 + 40 * Math.sin(step / 9)).toFixed(1)}0`;
}

/** A short recording in the venue's shape, written by hand: one address, then a trade every 250 ms. */
export function recordingLines(): readonly string[] {
  const trades = Array.from({ length: TRADES }, (_, step) => {
    const time = START + step * STEP_MS;
    const isMaker = step % 2 === 0;
    const ids = { e: 'trade', E: time, T: time, s: 'BTCUSDT', t: 900 + step };
    const trade = { ...ids, p: priceAt(step), q: '0.500', X: 'MARKET', m: isMaker };
    return JSON.stringify({ t: time, k: 'in', d: JSON.stringify({ stream: 'btcusdt@trade', data: trade }) });
  });
  return [JSON.stringify({ t: START, k: 'open', url: SOCKET }), ...trades];
}
