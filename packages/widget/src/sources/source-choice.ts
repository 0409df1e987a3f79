import { malformed, parsed, type Parsed } from '@liquidation-heatmap/core';

/** Which way frames are got, as the `src` attribute says. Plain data: it travels to a worker by structured clone. */
export type SourceChoice =
  | { readonly kind: 'venues' }
  | { readonly kind: 'simulated'; readonly seed: string }
  /** A server on this machine that stands for the venues: `host:port`. */
  | { readonly kind: 'venue-server'; readonly base: string }
  | { readonly kind: 'recording'; readonly url: string; readonly speed: number | undefined }
  | { readonly kind: 'snapshot'; readonly url: string };

const RULE =
  'src must be absent, simulated:SEED, venue-server:PORT, or a URL whose path ends in .ndjson.gz (recording) or .lhs (snapshot)';

/** Reads the `src` attribute; `base` resolves relative URLs. The first entry of a list is taken. */
export function chooseSource(src: string | null | undefined, base: string): Parsed<SourceChoice> {
  const text = (src ?? '').trim().split(/\s+/u)[0] ?? '';
  if (text === '') return parsed({ kind: 'venues' });
  if (text.startsWith('simulated')) return chooseSimulated(text);
  if (text.startsWith('venue-server')) return chooseVenueServer(text);
  let url: URL;
  try {
    url = new URL(text, base);
  } catch {
    return malformed('invalid-attribute', 'src', `${RULE}, was "${text}"`);
  }
  if (url.protocol !== 'https:' && url.protocol !== 'http:') {
    return malformed('invalid-attribute', 'src', `${RULE}, was "${text}" with the scheme ${url.protocol}`);
  }
  if (url.pathname.endsWith('.lhs')) return parsed({ kind: 'snapshot', url: url.href });
  if (url.pathname.endsWith('.ndjson.gz')) return chooseRecording(url);
  return malformed('invalid-attribute', 'src', `${RULE}, was "${text}"`);
}

function chooseSimulated(text: string): Parsed<SourceChoice> {
  const match = /^simulated(?::([A-Za-z0-9_-]{1,64}))?$/u.exec(text);
  if (match === null) {
    return malformed(
      'invalid-attribute',
      'src',
      `src simulated:SEED takes 1 to 64 letters, digits, - or _ as the seed, was "${text}"`,
    );
  }
  return parsed({ kind: 'simulated', seed: match[1] ?? '1' });
}

/** Only this machine: a page must not be led to somebody else's idea of the venues. */
function chooseVenueServer(text: string): Parsed<SourceChoice> {
  const port = Number(/^venue-server:(\d{1,5})$/u.exec(text)?.[1]);
  if (port >= 1 && port <= 65_535) return parsed({ kind: 'venue-server', base: `127.0.0.1:${String(port)}` });
  const message = `src venue-server:PORT takes a port of this machine from 1 to 65535, was "${text}"`;
  return malformed('invalid-attribute', 'src', message);
}

function chooseRecording(url: URL): Parsed<SourceChoice> {
  const text = url.searchParams.get('speed');
  url.searchParams.delete('speed');
  if (text === null) return parsed({ kind: 'recording', url: url.href, speed: undefined });
  const speed = Number(text);
  if (!isSpeed(speed))
    return malformed('invalid-attribute', 'src', `src ?speed= must be a number from 0.1 to 1000, was "${text}"`);
  return parsed({ kind: 'recording', url: url.href, speed });
}

/** True for a playback speed the sources accept: market seconds a wall second, 0.1 to 1000. */
export function isSpeed(speed: number): boolean {
  return speed >= 0.1 && speed <= 1000;
}
