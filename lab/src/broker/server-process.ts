import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { delimiter } from 'node:path';

/** Debian installs servers in sbin, which is not on every user's PATH. */
const SEARCH_PATH = [process.env.PATH, '/usr/sbin', '/usr/local/sbin'].join(delimiter);

/** How a server is started, and what it says when it is ready. */
export interface ServerCommand {
  readonly command: string;
  readonly args: readonly string[];
  readonly ready: RegExp;
}

/** A server of another project, as a child process that can be killed and restarted. It logs to standard error. */
export class ServerProcess {
  readonly #server: ServerCommand;
  #process: ChildProcess | undefined;
  #log = '';

  constructor(server: ServerCommand) {
    this.#server = server;
  }

  /** Resolves when the server is ready. @throws where it is not installed, or ends at once */
  async start(): Promise<void> {
    const { command, args, ready } = this.#server;
    const child = spawn(command, args, {
      stdio: ['ignore', 'ignore', 'pipe'],
      env: { ...process.env, PATH: SEARCH_PATH },
    });
    this.#process = child;
    await new Promise<void>((resolve, reject) => {
      let log = '';
      child.stderr.setEncoding('utf8').on('data', (text: string) => {
        this.#log += text;
        log += text;
        if (ready.test(log)) resolve();
      });
      child.once('error', reject);
      child.once('exit', (code) => reject(new Error(`${command} ended with ${code}:\n${log}`)));
    });
  }

  /** The log so far. */
  get log(): string {
    return this.#log;
  }

  signal(signal: NodeJS.Signals): void {
    this.#process?.kill(signal);
  }

  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
    const child = this.#process;
    this.#process = undefined;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, 'exit');
    child.kill(signal);
    await exited;
  }
}
