import { existsSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { CODEC_VERSION, packMessages } from '../../src/index.js';
import { GOLDEN_MESSAGES } from './golden-messages.js';

/**
 * Writes the golden file of the codec's version: `npx tsx packages/core/test/golden/write-golden.ts`. A released file is never
 * written again: raise `CODEC_VERSION`, keep the old decoder, and a new file appears beside it.
 */
function writeGolden(): void {
  const path = fileURLToPath(new URL(`codec-v${CODEC_VERSION}.bin`, import.meta.url));
  if (existsSync(path)) {
    process.stderr.write(`${path} exists and is never overwritten: raise CODEC_VERSION when the bytes must change\n`);
    process.exitCode = 1;
    return;
  }
  const bytes = packMessages(GOLDEN_MESSAGES);
  writeFileSync(path, bytes, { flag: 'wx' });
  process.stdout.write(`${path}: ${bytes.length} bytes\n`);
}

writeGolden();
