import { scorecardCommand } from './scorecard-command.js';

process.exitCode = await scorecardCommand(process.argv.slice(2), {
  print: (text) => {
    process.stdout.write(`${text}\n`);
  },
  tell: (text) => {
    process.stderr.write(`${text}\n`);
  },
});
