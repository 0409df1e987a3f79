import { fork, type ChildProcess } from 'node:child_process';
import { createRequire } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { MarketResult, MarketTask } from './market-result.js';
import { scoreMarket } from './score-market.js';
import { ScorecardFault } from './scorecard-fault.js';

const WORKER = fileURLToPath(new URL('./worker.ts', import.meta.url));

/**
 * Scores markets, in this process for one job, else in that many worker processes. Calls back with each result as it comes;
 * results come in no particular order. Ends all workers before it returns or throws.
 */
export async function runTasks(
  tasks: readonly MarketTask[],
  jobs: number,
  onResult: (task: MarketTask, result: MarketResult) => void,
): Promise<void> {
  if (jobs === 1 || tasks.length <= 1) {
    for (const task of tasks) onResult(task, scoreMarket(task));
    return;
  }
  const queue = [...tasks];
  const workers = Array.from({ length: Math.min(jobs, tasks.length) }, openWorker);
  try {
    await Promise.all(workers.map((worker) => drain(worker, queue, onResult)));
  } finally {
    for (const worker of workers) worker.kill();
  }
}

function openWorker(): ChildProcess {
  const loader = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
  return fork(WORKER, [], { execArgv: ['--import', loader], stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
}

async function drain(
  worker: ChildProcess,
  queue: MarketTask[],
  onResult: (task: MarketTask, result: MarketResult) => void,
): Promise<void> {
  for (let task = queue.shift(); task !== undefined; task = queue.shift()) onResult(task, await ask(worker, task));
}

function ask(worker: ChildProcess, task: MarketTask): Promise<MarketResult> {
  return new Promise((resolve, reject) => {
    const onExit = (code: number | null): void => {
      const { world, feed, seed } = task;
      const message = `Every market must come to its end, ${world}, ${feed}, seed ${seed} ended its worker with code ${code}.`;
      reject(new ScorecardFault('worker-ended', 'market', message));
    };
    worker.once('exit', onExit);
    worker.once('message', (result) => {
      worker.off('exit', onExit);
      resolve(result as MarketResult);
    });
    worker.send(task);
  });
}
