import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { delimiter, join } from 'node:path';

/** Debian installs servers in sbin, which is not on every user's PATH. */
const SEARCH_PATH = [process.env.PATH, '/usr/sbin', '/usr/local/sbin'].join(delimiter);

/** A real broker that can be killed and restarted on the same ports. */
export class Mosquitto {
  readonly #configuration: string;
  #process: ChildProcess | undefined;
  #log = '';

  private constructor(configuration: string) {
    this.#configuration = configuration;
  }

  /** @param lines of mosquitto.conf, a listener among them */
  static async start(folder: string, lines: readonly string[]): Promise<Mosquitto> {
    const configuration = join(folder, 'mosquitto.conf');
    await writeFile(
      configuration,
      ['log_dest stderr', 'log_type all', `user ${userInfo().username}`, ...lines, ''].join('\n'),
    );
    const broker = new Mosquitto(configuration);
    await broker.start();
    return broker;
  }

  /** @throws where mosquitto is not installed, or ends at once */
  async start(): Promise<void> {
    const child = spawn('mosquitto', ['-c', this.#configuration], {
      stdio: ['ignore', 'ignore', 'pipe'],
      env: { ...process.env, PATH: SEARCH_PATH },
    });
    this.#process = child;
    await new Promise<void>((resolve, reject) => {
      let log = '';
      child.stderr.setEncoding('utf8').on('data', (text: string) => {
        log += text;
        this.#log += text;
        if (/mosquitto version .* running/.test(log)) resolve();
      });
      child.once('error', reject);
      child.once('exit', (code) => reject(new Error(`mosquitto ended with ${code}:\n${log}`)));
    });
  }

  /** The log so far. */
  get log(): string {
    return this.#log;
  }

  /** Makes the broker read its password and access files again. */
  reload(): void {
    this.signal('SIGHUP');
  }

  signal(signal: NodeJS.Signals): void {
    this.#process?.kill(signal);
  }

  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
    const child = this.#process;
    this.#process = undefined;
    if (child === undefined || child.exitCode !== null) return;
    const exited = once(child, 'exit');
    child.kill(signal);
    await exited;
  }
}

/** Configuration lines for a broker without access control. */
export function openListener(port: number): readonly string[] {
  return [`listener ${port} 127.0.0.1`, 'allow_anonymous true'];
}
