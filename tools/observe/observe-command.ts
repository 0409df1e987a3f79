import type { DurationMs, Fault } from '@liquidation-heatmap/core';
import { redirectedRuntime, type Runtime } from '@liquidation-heatmap/feeds';
import { nodeRuntime, observePositions, type ObservedSnapshot } from '@liquidation-heatmap/feeds/node';
import { ToolFault } from '../tool-fault.js';
import { USAGE, readObserveArguments, type ObserveCommand } from './observe-arguments.js';
import { observedJson, observedLine, observedTable } from './print-observed.js';

const EVERY_MS = 5_000;
const LEAST_EVERY_MS = 1_000;
/** The codes of the usage. */
const [ANSWERED, SILENT, WRONG] = [0, 1, 2];

/** Where the tool's words go. */
export interface Output {
  /** Results. */
  print(text: string): void;
  /** What went wrong. */
  complain(text: string): void;
}

/** Runs the tool with its arguments until the time is over or the signal aborts; returns the exit code. */
export async function observeCommand(args: readonly string[], output: Output, signal: AbortSignal): Promise<number> {
  try {
    const command = readObserveArguments(args);
    if (command !== undefined) return await observe(command, output, signal);
    output.print(USAGE);
    return ANSWERED;
  } catch (fault) {
    if (!(fault instanceof ToolFault)) throw fault;
    output.complain(fault.message);
    return WRONG;
  }
}

async function observe(command: ObserveCommand, output: Output, signal: AbortSignal): Promise<number> {
  const { symbol, addresses, learn, minutes, weight, isJson, via } = command;
  const runtime: Runtime = via === undefined ? nodeRuntime() : redirectedRuntime(nodeRuntime(), via);
  const durationMs = minutes * 60_000;
  const everyMs = Math.max(LEAST_EVERY_MS, Math.min(EVERY_MS, durationMs / 2)) as DurationMs;
  const abort = new AbortController();
  const onTrouble = complainer(output);
  const stop = AbortSignal.any([signal, abort.signal]);
  const shares = weight === undefined ? {} : { weightPerMinute: weight };
  const request = { symbols: [symbol], addresses, learn, everyMs, onTrouble, ...shares };
  const stream = observePositions(request, runtime, stop);
  if (!stream.ok) throw argumentFault(stream.fault, command);
  void runtime.sleep(durationMs, stop).then(() => abort.abort());
  let last: ObservedSnapshot | undefined;
  for await (const snapshot of stream.value) {
    last = snapshot;
    output.print(isJson ? observedJson(snapshot) : observedLine(snapshot));
  }
  if (last !== undefined && !isJson) output.print(`\n${observedTable(last)}`);
  return last !== undefined && last.addresses.answered > 0 ? ANSWERED : SILENT;
}

/** Says the same thing once until something else goes wrong. */
function complainer({ complain }: Output): (fault: Fault) => void {
  let said = '';
  return ({ message }) => {
    if (message !== said) complain(message);
    said = message;
  };
}

const OPTION_OF: Readonly<Record<string, string>> = {
  'symbols[0]': '--symbol',
  'addresses': '--addresses',
  'learn': '--learn',
  'weightPerMinute': '--weight',
};

/** A fault of the request in the words of the command line: an option, or the line of the file. */
function argumentFault({ field, message }: Fault, { places }: ObserveCommand): ToolFault {
  const index = /^addresses\[(\d+)\]$/.exec(field)?.[1];
  const name = (index === undefined ? undefined : places[Number(index)]) ?? OPTION_OF[field] ?? field;
  return new ToolFault(name, message.replace(field, name));
}
