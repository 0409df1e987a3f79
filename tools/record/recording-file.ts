import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  unlinkSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { FIRST_LINK, chained } from './hash-chain.js';

/** One closed or open file of a recording, as the manifest tells it. */
export interface Part {
  readonly file: string;
  /** Link before its first line, which is the last one of the part before. */
  readonly after: string;
  readonly lastLink: string;
  readonly lines: number;
}

/**
 * A recording on disk in parts of bounded size. Every line is handed to the operating system at once, so that a killed process loses at
 * most the line it was writing; a full part is packed, and the manifest tells the parts in order with their links.
 */
export class RecordingFile {
  readonly #base: string;
  readonly #partBytes: number;
  readonly #closed: Part[] = [];
  #file = -1;
  #path = '';
  #after = FIRST_LINK;
  #link = FIRST_LINK;
  #bytes = 0;
  #lines = 0;
  #allLines = 0;

  /** `base` is the path without part number and ending; parts are at most `partBytes` long before they are packed. */
  constructor(base: string, partBytes: number) {
    this.#base = base;
    this.#partBytes = partBytes;
    mkdirSync(dirname(base), { recursive: true });
  }

  /** Lines written so far, in all parts. */
  get lines(): number {
    return this.#allLines;
  }

  /** Appends one line of the recording format. */
  write(text: string): void {
    if (this.#file < 0) this.#open();
    const { line, link } = chained(text, this.#link);
    const bytes = Buffer.from(`${line}\n`);
    writeSync(this.#file, bytes);
    this.#link = link;
    this.#bytes += bytes.length;
    this.#lines += 1;
    this.#allLines += 1;
    if (this.#bytes >= this.#partBytes) this.close();
  }

  /** Ends the open part and packs it. */
  close(): void {
    if (this.#file < 0) return;
    closeSync(this.#file);
    this.#file = -1;
    const packed = `${this.#path}.gz`;
    writeFileSync(`${packed}.part`, gzipSync(readFileSync(this.#path)));
    renameSync(`${packed}.part`, packed);
    unlinkSync(this.#path);
    this.#closed.push({ file: fileName(packed), after: this.#after, lastLink: this.#link, lines: this.#lines });
    this.#writeManifest();
  }

  #open(): void {
    const number = String(this.#closed.length + 1).padStart(3, '0');
    this.#path = `${this.#base}-part${number}.ndjson`;
    if (existsSync(this.#path) || existsSync(`${this.#path}.gz`)) throw new Error(`${this.#path} is there already`);
    this.#file = openSync(this.#path, 'a');
    this.#after = this.#link;
    this.#bytes = 0;
    this.#lines = 0;
  }

  #writeManifest(): void {
    const path = manifestPath(this.#base);
    writeFileSync(`${path}.part`, `${JSON.stringify({ chain: 'sha256-80', parts: this.#closed }, null, 2)}\n`);
    renameSync(`${path}.part`, path);
  }
}

/** Where the parts of a recording are told in order. */
export function manifestPath(base: string): string {
  return join(dirname(base), `${fileName(base)}.manifest.json`);
}

function fileName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
