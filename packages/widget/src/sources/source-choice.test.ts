import { expect, test } from 'vitest';
import { chooseSource } from './source-choice.js';

const BASE = 'https://page.example/embed/';
const choose = (src: string | null) => chooseSource(src, BASE);

test('no src means the venues themselves', () => {
  expect(choose(null)).toEqual({ ok: true, value: { kind: 'venues' } });
  expect(choose('  ')).toEqual({ ok: true, value: { kind: 'venues' } });
});

test('simulated names a market by its seed', () => {
  expect(choose('simulated:abc-1')).toEqual({ ok: true, value: { kind: 'simulated', seed: 'abc-1' } });
  expect(choose('simulated')).toEqual({ ok: true, value: { kind: 'simulated', seed: '1' } });
  expect(choose('simulated:')).toMatchObject({ ok: false, fault: { field: 'src' } });
});

test('a venue server is one of this machine', () => {
  expect(choose('venue-server:8900')).toEqual({ ok: true, value: { kind: 'venue-server', base: '127.0.0.1:8900' } });
  for (const src of ['venue-server', 'venue-server:0', 'venue-server:99999', 'venue-server:example.com:80'])
    expect(choose(src)).toMatchObject({ ok: false, fault: { field: 'src' } });
});

test('the path of an address decides, not its query, and the speed is taken out of it', () => {
  const url = 'https://page.example/r/a.ndjson.gz';
  expect(choose('/r/a.ndjson.gz?speed=60')).toEqual({ ok: true, value: { kind: 'recording', url, speed: 60 } });
  expect(choose('/r/a.ndjson.gz?key=1')).toMatchObject({ value: { url: `${url}?key=1`, speed: undefined } });
  expect(choose('a.lhs')).toMatchObject({ value: { kind: 'snapshot', url: 'https://page.example/embed/a.lhs' } });
});

test.each([
  '/a.json',
  'javascript:alert(1)',
  'data:,x.lhs',
  '/a.ndjson.gz?speed=0',
  '/a.ndjson.gz?speed=fast',
  'wss://relay.example',
])('src="%s" is refused with the rule', (src) => {
  expect(choose(src)).toMatchObject({ ok: false, fault: { code: 'invalid-attribute', field: 'src' } });
});
