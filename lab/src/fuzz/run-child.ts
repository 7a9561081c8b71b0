import { type ChildProcess, fork } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type FuzzTask, type News, newsSchema } from './protocol.js';

/** An input with which something is wrong. */
export interface Finding {
  /** The seed with which it comes again. */
  readonly seed: number;
  readonly fault: string;
}

/** What came of one process. */
export interface ChildOutcome {
  readonly findings: readonly Finding[];
  /** The last input that was begun; undefined where none was. */
  readonly last: number | undefined;
  /** Undefined where the process did not come to its end. */
  readonly done: Extract<News, { what: 'done' }> | undefined;
}

/** Longer than any input takes on a busy machine. */
const HANG_MS = 60_000;
const MAX_OUTPUT_CHARACTERS = 4000;

/**
 * Runs a task in a process of its own. A process that crashes or hangs is a finding. Neither leaves a file or a process.
 *
 * @param signal ends it
 */
export async function runChild(task: Omit<FuzzTask, 'folder'>, signal: AbortSignal): Promise<ChildOutcome> {
  const folder = await mkdtemp(join(tmpdir(), 'inkcast-fuzz-'));
  try {
    return await runIn({ ...task, folder }, signal);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function runIn(task: FuzzTask, signal: AbortSignal): Promise<ChildOutcome> {
  const child = fork(new URL('./child.js', import.meta.url), {
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    execArgv: [...process.execArgv, '--expose-gc'],
    // A broker that it has started is ended with it.
    detached: true,
  });
  const findings: Finding[] = [];
  let last: number | undefined;
  let done: ChildOutcome['done'];
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      output = (output + text).slice(-MAX_OUTPUT_CHARACTERS);
    });
  }
  const watch = new HangWatch(child);
  child.on('message', (message) => {
    watch.sign();
    const news = newsSchema.parse(message);
    if (news.what === 'begun') last = news.seed;
    else if (news.what === 'fault') findings.push(news);
    else done = news;
  });
  const stop = (): void => {
    killGroup(child);
  };
  signal.addEventListener('abort', stop);
  child.send(task, () => {});
  const ended = await new Promise<string>((resolve) => {
    // What it has started may hold its output open.
    child.once('exit', () => killGroup(child));
    child.once('close', (code, killedBy) => resolve(killedBy ?? `exit code ${code}`));
  });
  signal.removeEventListener('abort', stop);
  watch.end();
  signal.throwIfAborted();
  if (watch.isHung || done === undefined || ended !== 'exit code 0') {
    const how = watch.isHung ? `nothing came of it within ${HANG_MS / 1000} s` : `the process ended by ${ended}`;
    findings.push({ seed: last ?? task.seed, fault: `${how}\n${output}` });
  }
  return { findings, last, done };
}

/** Kills a process that leads its group, and all that it has started. */
function killGroup({ pid }: ChildProcess): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}

/** Kills a process that gives no sign for too long. */
class HangWatch {
  readonly #child: ChildProcess;
  #timer: NodeJS.Timeout;
  isHung = false;

  constructor(child: ChildProcess) {
    this.#child = child;
    this.#timer = this.#begin();
  }

  sign(): void {
    clearTimeout(this.#timer);
    this.#timer = this.#begin();
  }

  end(): void {
    clearTimeout(this.#timer);
  }

  #begin(): NodeJS.Timeout {
    return setTimeout(() => {
      this.isHung = true;
      killGroup(this.#child);
    }, HANG_MS);
  }
}
