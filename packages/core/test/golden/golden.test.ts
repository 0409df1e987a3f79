import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { CODEC_VERSION, packMessages, unpackMessages } from '../../src/index.js';
import { expectSame } from '../expect-same.js';
import { GOLDEN_MESSAGES, goldenMessagesOf } from './golden-messages.js';

const folder = fileURLToPath(new URL('.', import.meta.url));
const files = readdirSync(folder).filter((name) => name.endsWith('.bin'));

describe('golden files of the codec', () => {
  test('there is one of the version this build writes', () => {
    expect(files).toContain(`codec-v${CODEC_VERSION}.bin`);
  });

  test.each(files)('%s decodes to what its version could say', (name) => {
    const bytes = new Uint8Array(readFileSync(folder + name));
    expect(bytes.length).toBeLessThan(20_000);
    const version = Number(/^codec-v(\d+)\.bin$/.exec(name)?.[1]);
    expectSame(unpackMessages(bytes), { ok: true, value: goldenMessagesOf(version) });
  });

  test('the messages encode to the bytes of the newest file', () => {
    expectSame(packMessages(GOLDEN_MESSAGES), new Uint8Array(readFileSync(`${folder}codec-v${CODEC_VERSION}.bin`)));
  });
});
