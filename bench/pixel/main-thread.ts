import type { Browser, Page } from 'playwright';

/** One task of a thread. */
export interface TracedTask {
  readonly durationMs: number;
  /** CPU time of it: on a busy machine a task also waits for a core. */
  readonly cpuMs: number;
  /** What it was made of: names of the trace with their own milliseconds, longest first. */
  readonly parts: readonly string[];
  /** Functions that the profiler met most in it, with the samples' milliseconds. */
  readonly functions: readonly string[];
}

/** One thread over a stretch of time. */
export interface TracedThread {
  readonly tasks: number;
  /** Share of the time in which a task ran, and the CPU time of it. */
  readonly busyShare: number;
  readonly cpuShare: number;
  /** Longest first. */
  readonly longest: readonly TracedTask[];
  /** Functions that the profiler met most, with their share of the time in percent. */
  readonly functions: readonly string[];
}

/** The page's main thread and its worker. */
export interface TracedPage {
  readonly main: TracedThread;
  readonly worker: TracedThread;
}

interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  /** Microseconds. */
  readonly ts: number;
  readonly dur?: number;
  /** Microseconds of CPU time of its thread. */
  readonly tdur?: number;
  readonly id?: string;
  readonly args: Record<string, unknown>;
}

const CATEGORIES = [
  '-*',
  'toplevel',
  'devtools.timeline',
  'disabled-by-default-devtools.timeline',
  'disabled-by-default-v8.cpu_profiler',
  'blink.user_timing',
  'v8',
  'gpu',
  'cc',
];
const TOLD_TASKS = 3;
const TOLD_PARTS = 4;

/** Traces the page while `wait` lasts. The profiler costs time itself: tasks are a little longer than without it. */
export async function tracePage(browser: Browser, page: Page, wait: () => Promise<void>): Promise<TracedPage> {
  await browser.startTracing(page, { categories: CATEGORIES });
  const began = performance.now();
  await wait();
  const lastedMs = performance.now() - began;
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString()) as { traceEvents: TraceEvent[] };
  return {
    main: threadOf(traceEvents, 'CrRendererMain', lastedMs),
    worker: threadOf(traceEvents, 'DedicatedWorker thread', lastedMs),
  };
}

/** The thread of that name that called most functions: the page's, not one of the browser's own pages. */
function threadOf(events: readonly TraceEvent[], threadName: string, lastedMs: number): TracedThread {
  const named = events.filter(({ name, args }) => name === 'thread_name' && args['name'] === threadName);
  const callsOf = (thread: TraceEvent): number =>
    events.filter((event) => isOf(event, thread) && event.name === 'FunctionCall').length;
  const thread = named.sort((a, b) => callsOf(b) - callsOf(a))[0];
  const own = events.filter((event) => isOf(event, thread) && event.ph === 'X');
  const tasks = own.filter(({ name }) => name.endsWith('RunTask')).sort((a, b) => (b.dur ?? 0) - (a.dur ?? 0));
  // Where a task is traced under two names, one of them counts.
  const counted = tasks.filter(({ name }) => name === tasks[0]?.name);
  // The profiler starts in a task of the thread it looks at.
  const starts = own.filter(({ name }) => name === 'CpuProfiler::StartProfiling');
  const ours = counted.filter(({ ts, dur = 0 }) => !starts.some((start) => start.ts >= ts && start.ts <= ts + dur));
  const samples = samplesOf(events, thread);
  return {
    tasks: counted.length,
    busyShare: sumOf(counted, ({ dur = 0 }) => dur) / 1_000 / lastedMs,
    cpuShare: sumOf(counted, ({ tdur = 0 }) => tdur) / 1_000 / lastedMs,
    longest: ours.slice(0, TOLD_TASKS).map((task) => ({
      durationMs: (task.dur ?? 0) / 1_000,
      cpuMs: (task.tdur ?? Number.NaN) / 1_000,
      parts: partsOf(task, own),
      functions: shown(timesOf(samples, task.ts, task.ts + (task.dur ?? 0))),
    })),
    functions: shown(timesOf(samples, 0, Infinity), 100 / lastedMs),
  };
}

function sumOf(events: readonly TraceEvent[], read: (event: TraceEvent) => number): number {
  return events.reduce((sum, event) => sum + read(event), 0);
}

function isOf({ pid, tid }: TraceEvent, thread: TraceEvent | undefined): boolean {
  return pid === thread?.pid && tid === thread.tid;
}

/** Names inside a task by their own time: what their children took is theirs. */
function partsOf(task: TraceEvent, own: readonly TraceEvent[]): readonly string[] {
  const end = task.ts + (task.dur ?? 0);
  const inside = own
    .filter(({ ts, dur = 0 }) => ts >= task.ts && ts + dur <= end)
    .sort((a, b) => a.ts - b.ts || (b.dur ?? 0) - (a.dur ?? 0));
  const ownMs = new Map<string, number>();
  const open: TraceEvent[] = [];
  const add = (name: string, us: number): void => void ownMs.set(name, (ownMs.get(name) ?? 0) + us / 1_000);
  for (const event of inside) {
    while (open.length > 0 && open.at(-1)!.ts + (open.at(-1)!.dur ?? 0) <= event.ts) open.pop();
    const parent = open.at(-1);
    if (parent !== undefined) add(parent.name, -(event.dur ?? 0));
    add(event.name, event.dur ?? 0);
    open.push(event);
  }
  return shown(ownMs);
}

interface Sample {
  readonly at: number;
  readonly us: number;
  readonly name: string;
}

interface ProfileChunk {
  readonly cpuProfile?: {
    readonly nodes?: readonly { readonly id: number; readonly callFrame: { readonly functionName: string } }[];
    readonly samples?: readonly number[];
  };
  readonly timeDeltas?: readonly number[];
}

/** Samples of the profile of one thread. */
function samplesOf(events: readonly TraceEvent[], thread: TraceEvent | undefined): readonly Sample[] {
  // Chunks are written by a thread of the profiler; they carry the id of the profile, which its own thread began.
  const profile = events.find((event) => event.name === 'Profile' && isOf(event, thread));
  if (profile === undefined) return [];
  const isChunk = ({ name, id, pid }: TraceEvent): boolean =>
    name === 'ProfileChunk' && id === profile.id && pid === profile.pid;
  const names = new Map<number, string>();
  const samples: Sample[] = [];
  let { startTime: at } = profile.args['data'] as { readonly startTime: number };
  for (const { args } of events.filter(isChunk)) {
    const { cpuProfile = {}, timeDeltas = [] } = args['data'] as ProfileChunk;
    for (const node of cpuProfile.nodes ?? []) names.set(node.id, node.callFrame.functionName);
    for (const [i, node] of (cpuProfile.samples ?? []).entries()) {
      const us = timeDeltas[i] ?? 0;
      at += us;
      samples.push({ at, us, name: names.get(node) ?? '' });
    }
  }
  return samples;
}

/** Milliseconds by function in samples of a time, microseconds. */
function timesOf(samples: readonly Sample[], from: number, to: number): ReadonlyMap<string, number> {
  const ms = new Map<string, number>();
  for (const { at, us, name } of samples) {
    if (at < from || at > to || name === '' || name === '(idle)' || name === '(program)') continue;
    ms.set(name, (ms.get(name) ?? 0) + us / 1_000);
  }
  return ms;
}

function shown(ms: ReadonlyMap<string, number>, factor = 1): readonly string[] {
  return [...ms]
    .sort(([, a], [, b]) => b - a)
    .slice(0, TOLD_PARTS)
    .map(([name, value]) => `${name} ${(value * factor).toFixed(1)}`);
}
