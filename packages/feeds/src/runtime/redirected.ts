import type { Runtime } from './runtime.js';

/**
 * A runtime that reaches every venue through one local host, which stands for all of them: `wss://HOST:PORT/PATH` becomes
 * `ws://BASE/HOST/PATH` and `https://HOST/PATH` becomes `http://BASE/HOST/PATH`. Adapters notice nothing. `base` is `host:port`.
 */
export function redirectedRuntime(runtime: Runtime, base: string): Runtime {
  return {
    ...runtime,
    connect: (url, signal, isAside) => runtime.connect(redirectedUrl(url, base), signal, isAside),
    fetchText: (url, signal, timeoutMs, body) => runtime.fetchText(redirectedUrl(url, base), signal, timeoutMs, body),
  };
}

/** Where an address is reached behind `base`. */
export function redirectedUrl(url: string, base: string): string {
  const { protocol, hostname, pathname, search } = new URL(url);
  return `${protocol === 'wss:' ? 'ws' : 'http'}://${base}/${hostname}${pathname}${search}`;
}
