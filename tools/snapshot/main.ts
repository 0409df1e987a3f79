import { writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import { gzipSync } from 'node:zlib';
import { createFrameStream, packMessages, runEngine, type UnixMs } from '@liquidation-heatmap/core';
import { ToolFault, toFault } from '../tool-fault.js';
import { openInput, type Input } from './open-input.js';
import { untilTime } from './until-time.js';

const USAGE = `Usage: npm run snapshot -- INPUT [--out FILE.lhs] [--symbol BTCUSDT] [--interval 1s|5s|1m|5m|15m|1h|4h] [--hours 24] [--at TIME] [--json]

INPUT is a recording (FILE.ndjson.gz or FILE.ndjson) or simulated:SEED. The snapshot holds the frame as of TIME (ISO, default: the end)
and needs neither engine nor venue code to be shown: <liquidation-heatmap src="FILE.lhs">.`;

const INTERVALS: Readonly<Record<string, number>> = {
  '1s': 1_000,
  '5s': 5_000,
  '1m': 60_000,
  '5m': 300_000,
  '15m': 900_000,
  '1h': 3_600_000,
  '4h': 14_400_000,
};

/** Parses the command line; throws a ToolFault that names the option and the rule. */
function readArguments(argv: readonly string[]) {
  const { values, positionals } = parseArgs({
    args: [...argv],
    allowPositionals: true,
    options: {
      out: { type: 'string' },
      symbol: { type: 'string', default: 'BTCUSDT' },
      interval: { type: 'string' },
      hours: { type: 'string', default: '24' },
      at: { type: 'string' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  const [name, ...more] = positionals;
  if (values.help) return undefined;
  if (name === undefined || more.length > 0)
    throw new ToolFault('INPUT', `Exactly one INPUT must be named.\n\n${USAGE}`);
  const isSimulated = name.startsWith('simulated:');
  const interval = values.interval ?? (isSimulated ? '5m' : '1s');
  const intervalMs = INTERVALS[interval];
  if (intervalMs === undefined) {
    throw new ToolFault(
      '--interval',
      `--interval must be one of ${Object.keys(INTERVALS).join(' ')}, was "${interval}".`,
    );
  }
  const hours = Number(values.hours);
  if (!(hours > 0 && hours <= 24 * 90))
    throw new ToolFault('--hours', `--hours must be above 0 and at most 2160, was "${values.hours}".`);
  const at = values.at === undefined ? Number.POSITIVE_INFINITY : Date.parse(values.at);
  if (Number.isNaN(at))
    throw new ToolFault('--at', `--at must be an ISO time such as 2024-08-08T23:57:00Z, was "${values.at ?? ''}".`);
  const out =
    values.out ??
    `${basename(name)
      .replace(/\.ndjson(\.gz)?$/, '')
      .replace(/[^\w.-]+/g, '-')}.lhs`;
  return { name, intervalMs, hours, at: at as UnixMs, out, symbol: values.symbol, isJson: values.json };
}

async function snapshot(input: Input, intervalMs: number, at: UnixMs) {
  const resolutions = [intervalMs] as never;
  const options = { symbol: input.symbol, venues: input.venues, resolutions, columnsKept: 4_096 };
  const engine = await runEngine(untilTime(input.events, at), options, { aborted: false });
  const stream = createFrameStream(engine);
  const message = stream.snapshot();
  const dataTime = (engine.clock || undefined) as UnixMs | undefined;
  const status = stream.status({ state: 'frozen', origin: input.origin, detail: '', dataTime, venues: [] });
  const columns = message.tiles.reduce((sum, tile) => sum + tile.heads.length, 0);
  if (columns === 0)
    throw new ToolFault('INPUT', `INPUT must hold at least one column of data for ${input.symbol}, held none.`);
  return { bytes: gzipSync(packMessages([message, status])), columns, dataTime, facts: message.facts };
}

async function main(argv: readonly string[]): Promise<void> {
  const isJson = argv.includes('--json');
  try {
    const settings = readArguments(argv);
    if (settings === undefined) {
      console.log(USAGE);
      return;
    }
    const input = await openInput(settings.name, settings.symbol, settings.hours);
    const { bytes, columns, dataTime, facts } = await snapshot(input, settings.intervalMs, settings.at);
    await writeFile(settings.out, bytes);
    const asOf = dataTime === undefined ? '' : new Date(dataTime).toISOString();
    const told = { out: settings.out, bytes: bytes.length, columns, asOf, scale: facts.scale, basis: facts.basis };
    console.log(
      isJson
        ? JSON.stringify(told)
        : `${told.out}: ${columns} columns as of ${asOf}, ${facts.scale}, ${facts.basis}, ${bytes.length} bytes`,
    );
  } catch (thrown) {
    const fault = toFault(thrown);
    console.log(isJson ? JSON.stringify({ error: fault }) : fault.message);
    process.exitCode = 1;
  }
}

await main(process.argv.slice(2));
