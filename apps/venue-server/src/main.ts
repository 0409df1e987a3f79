import { venueServerCommand } from './command.js';

const outcome = await venueServerCommand(process.argv.slice(2), (text) => {
  process.stdout.write(`${text}\n`);
});
if (typeof outcome === 'number') process.exitCode = outcome;
