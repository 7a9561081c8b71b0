import type { KernelBuild } from '../engine.js';
import type { WorkerTask } from './worker-task.js';

/** What an engine needs of the platform that it runs on: Node.js, or a browser. */
export interface EngineHost {
  /** The number of threads where nobody names one. */
  readonly threads: number;
  /** Compiles a build of the kernels; undefined if this platform cannot run it. */
  compile(build: KernelBuild): Promise<WebAssembly.Module | undefined>;
  /** Starts a thread. Undefined where threads share no memory: then the engine computes in the thread of its caller. */
  readonly startThread: StartThread | undefined;
}

/** Starts a thread that passes its task to `serveRuns`. */
export type StartThread = (task: WorkerTask, listener: ThreadListener) => EngineThread;

/** What a thread tells: it waits for runs, or a run is done. */
export type ThreadMessage = 'ready' | 'done';

/** Receives what becomes of a thread. */
export interface ThreadListener {
  told(message: ThreadMessage): void;
  failed(cause: unknown): void;
}

export interface EngineThread {
  /** Ends the thread, in the middle of a run if need be. */
  stop(): Promise<void>;
}
