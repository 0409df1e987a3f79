// What the two commands share: plain sentences, steps with a heartbeat, child processes. No dependencies: it runs before any is installed.
import { spawn } from 'node:child_process';

/** A reason for which a command cannot go on, told to the reader as it is and without a stack. */
export class PlainFault extends Error {}

/** @param {string} sentence */
export function say(sentence) {
  process.stdout.write(`${sentence}\n`);
}

/**
 * Runs the main part of a command and turns a `PlainFault` into one sentence and exit code 1.
 * @param {() => Promise<number | void>} main
 */
export async function runCommand(main) {
  try {
    process.exitCode = (await main()) ?? 0;
  } catch (fault) {
    if (!(fault instanceof PlainFault)) throw fault;
    process.stderr.write(`${fault.message}\n`);
    process.exitCode = 1;
  }
}

/**
 * @typedef {object} RunOptions
 * @property {string} [cwd]
 * @property {Record<string, string | undefined>} [env] added to the environment
 * @property {string} [heartbeat] said every 20 seconds with the time spent, while nothing else is printed
 * @property {boolean} [quiet] prints nothing of the child; its text is in the answer
 */

/**
 * Runs a child to its end. Its output is shown and also returned, so that a failure can be explained in one sentence.
 * @param {string} file
 * @param {readonly string[]} args
 * @param {RunOptions} [options]
 * @returns {Promise<{ code: number, text: string }>}
 */
export function run(file, args, options = {}) {
  const started = Date.now();
  let lastOutput = Date.now();
  let text = '';
  const child = spawn(file, args, {
    cwd: options.cwd,
    env: { ...process.env, ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const pass = (/** @type {NodeJS.WriteStream} */ target) => (/** @type {Buffer} */ chunk) => {
    lastOutput = Date.now();
    text = (text + chunk.toString()).slice(-1_000_000);
    if (options.quiet !== true) target.write(chunk);
  };
  child.stdout.on('data', pass(process.stdout));
  child.stderr.on('data', pass(process.stderr));
  const beat = setInterval(() => {
    if (options.heartbeat === undefined || Date.now() - lastOutput < 19_000) return;
    say(`${options.heartbeat} … ${Math.round((Date.now() - started) / 1_000)} s`);
  }, 20_000);
  return new Promise((resolve, reject) => {
    child.on('error', (fault) => {
      clearInterval(beat);
      reject(new PlainFault(`${file} could not be started: ${fault.message}.`));
    });
    child.on('close', (code) => {
      clearInterval(beat);
      // A child ended by a signal has no code; that is no success.
      resolve({ code: code ?? 1, text });
    });
  });
}

/** @param {number} ms */
export function duration(ms) {
  const seconds = Math.round(ms / 1_000);
  return seconds < 60 ? `${(ms / 1_000).toFixed(1)} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}
