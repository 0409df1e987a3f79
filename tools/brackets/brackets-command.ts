import { redirectedRuntime, type Runtime } from '@liquidation-heatmap/feeds';
import { ToolFault, toFault } from '../tool-fault.js';
import { readCheckArguments, USAGE, type CheckRequest } from './check-arguments.js';
import { checkContracts, EXIT, exitCodeOf } from './check-contracts.js';
import { contractsOfAll } from './checked-contracts.js';
import { checkAsJson, printedCheck } from './print-check.js';
import { writeTables } from './write-tables.js';

/** Venues that have not answered by then count as not read. */
const PATIENCE_MS = 180_000;

/** What the command works on. */
export interface CommandWorld {
  readonly runtime: Runtime;
  /** Root of the repository, where `--write` writes. */
  readonly root: string;
  print(text: string): void;
  /** Told what is wrong with the arguments. */
  printFault(text: string): void;
}

/** Runs the tool with its arguments; returns the exit code that its usage explains. */
export async function bracketsCommand(argv: readonly string[], world: CommandWorld): Promise<number> {
  try {
    const request = readCheckArguments(argv);
    if (request === undefined) {
      world.print(USAGE);
      return EXIT.equal;
    }
    return await check(request, world);
  } catch (cause) {
    if (!(cause instanceof ToolFault)) throw cause;
    const fault = toFault(cause);
    if (argv.includes('--json')) world.print(JSON.stringify({ schema: 'bracket-check/1', error: fault }, undefined, 2));
    else world.printFault(fault.message);
    return EXIT.badArguments;
  }
}

async function check(request: CheckRequest, { runtime, root, print }: CommandWorld): Promise<number> {
  const { venues, symbols, via } = request;
  const now = runtime.now();
  const day = new Date(now).toISOString().slice(0, 10);
  const contracts = contractsOfAll(venues, symbols, day);
  const abort = new AbortController();
  void runtime.sleep(PATIENCE_MS, abort.signal).then(() => abort.abort());
  const reached = via === undefined ? runtime : redirectedRuntime(runtime, via);
  const verdicts = await checkContracts(contracts, day, reached, abort.signal);
  abort.abort();
  const written = request.writes ? await writeTables(verdicts, day, root) : [];
  const report = { day, now, venues, via, verdicts, written };
  const exitCode = exitCodeOf(verdicts);
  print(request.isJson ? checkAsJson(report, exitCode) : printedCheck(report));
  return exitCode;
}
