/** A recording this site serves. */
export interface RecordingEntry {
  /** Address, relative to the page. */
  readonly url: string;
  /** Canonical symbols it holds. */
  readonly symbols: readonly string[];
  /** `YYYY-MM-DD`. */
  readonly date: string;
}

/** Recordings beside the page; none where the site has no list of them. */
export async function listRecordings(): Promise<readonly RecordingEntry[]> {
  try {
    const answer = await fetch('/recordings/index.json');
    if (!answer.ok || !(answer.headers.get('content-type') ?? '').includes('json')) return [];
    const list: unknown = await answer.json();
    return Array.isArray(list) ? list.filter(isEntry) : [];
  } catch {
    return [];
  }
}

function isEntry(value: unknown): value is RecordingEntry {
  const entry = value as Partial<RecordingEntry> | null;
  return typeof entry?.url === 'string' && Array.isArray(entry.symbols) && typeof entry.date === 'string';
}
