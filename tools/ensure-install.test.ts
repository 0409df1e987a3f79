import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { isInstallOutdated, requireNode } from './ensure-install.mjs';

let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'install-'));
  lock('package-lock.json', '1.0.0', 1_000);
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Writes a lock file that names one package, changed at `seconds` of the epoch. */
function lock(path: string, version: string, seconds: number): void {
  const packages = { '': {}, 'node_modules/lit': { version } };
  mkdirSync(join(folder, 'node_modules'), { recursive: true });
  writeFileSync(join(folder, path), JSON.stringify({ packages }));
  utimesSync(join(folder, path), seconds, seconds);
}

test('a clone without node_modules has to be installed', () => {
  expect(isInstallOutdated(folder)).toBe(true);
});

test('what was installed after the lock file was written is kept', () => {
  lock('node_modules/.package-lock.json', '1.0.0', 2_000);
  expect(isInstallOutdated(folder)).toBe(false);
});

test('an older lock file that names the same versions is kept, as after a checkout', () => {
  lock('node_modules/.package-lock.json', '1.0.0', 500);
  expect(isInstallOutdated(folder)).toBe(false);
});

test('an older installation of other versions is replaced', () => {
  lock('node_modules/.package-lock.json', '0.9.0', 500);
  expect(isInstallOutdated(folder)).toBe(true);
});

test('a Node that is too old is refused in one sentence', () => {
  expect(() => requireNode('20.18.3')).toThrow('Node 20.19 or newer is needed; this is Node 20.18.3.');
  expect(() => requireNode('18.20.0')).toThrow('this is Node 18.20.0.');
  expect(() => requireNode('20.19.0')).not.toThrow();
  expect(() => requireNode('24.1.0')).not.toThrow();
});
