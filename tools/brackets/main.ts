import { join } from 'node:path';
import { nodeRuntime } from '@liquidation-heatmap/feeds/node';
import { bracketsCommand } from './brackets-command.js';

process.exitCode = await bracketsCommand(process.argv.slice(2), {
  runtime: nodeRuntime(),
  root: join(import.meta.dirname, '../..'),
  print: (text) => void process.stdout.write(`${text}\n`),
  printFault: (text) => void process.stderr.write(`${text}\n`),
});
