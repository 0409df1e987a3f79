/** A function regl generated at build time, by the SHA-256 of its source. */
export type CapturedCode = Readonly<Record<string, (...links: never[]) => unknown>>;

/** Says that regl wants to generate code that was not captured: the captured map is out of date. */
export class CapturedCodeMiss extends Error {
  constructor(key: string) {
    super(`No captured code for ${key}: run "npm run capture-regl"`);
    this.name = 'CapturedCodeMiss';
  }
}

/**
 * A copy of the map for regl's `cachedCode` option that throws where regl would go on to `Function(...)`: code is never
 * evaluated, not even on a page that would allow it.
 */
export function strictCache(captured: CapturedCode): CapturedCode {
  return new Proxy(
    { ...captured },
    {
      get(map, key) {
        if (typeof key === 'string' && !Object.hasOwn(map, key)) throw new CapturedCodeMiss(key);
        return Reflect.get(map, key) as unknown;
      },
    },
  );
}
