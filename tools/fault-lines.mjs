import { stripVTControlCharacters } from 'node:util';

/** How the tools of the gate begin a line that names a fault: Vitest, Playwright, ESLint, TypeScript, Prettier, nx. */
const FAULT =
  /(^|\s)(FAIL|FAILED|✗|×|✘|✖|●)\s|\berror\b|\bError:|\[warn\]|Seed and path|\bseed: |Counterexample|timed out|\d+ flaky/;
const CONTEXT = 3;
const MOST = 60;

/**
 * The lines of a failed step's output that say what failed, each with the three after it; the last lines where none is recognized.
 * At most 60 lines, without colors.
 * @param {string} text @returns {string[]}
 */
export function faultLines(text) {
  const lines = stripVTControlCharacters(text)
    .split('\n')
    .filter((line) => line.trim() !== '');
  /** @type {Set<number>} */
  const told = new Set();
  lines.forEach((line, index) => {
    if (!FAULT.test(line)) return;
    for (let i = index; i <= Math.min(index + CONTEXT, lines.length - 1); i++) told.add(i);
  });
  if (told.size === 0) return lines.slice(-20);
  return [...told].slice(0, MOST).map((index) => /** @type {string} */ (lines[index]));
}
