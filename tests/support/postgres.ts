import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync } from 'node:fs';
import { chmod, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { freePort } from '@inkcast/lab/broker';

/** Debian installs each version beside the others, and puts none of them on the PATH. */
const VERSIONS = '/usr/lib/postgresql';
/** PostgreSQL refuses to run as root. Debian's package has this user for it. */
const USER = 'postgres';

/** A PostgreSQL of its own, with an empty database. */
export class Postgres {
  readonly url: string;
  readonly #process: ChildProcess;

  private constructor(child: ChildProcess, port: number) {
    this.#process = child;
    this.url = `postgresql://${USER}@127.0.0.1:${port}/${USER}`;
  }

  static async start(folder: string): Promise<Postgres> {
    const data = join(folder, 'postgres');
    await mkdir(data);
    await chmod(folder, 0o755);
    if (isRoot()) run(['chown', USER, data]);
    run(asUser(join(binaries(), 'initdb'), '-D', data, '-A', 'trust', '-U', USER, '--no-sync'));
    const port = await freePort();
    const options = ['-D', data, '-p', `${port}`, '-h', '127.0.0.1', '-k', data, '-F'];
    const [command = '', ...args] = asUser(join(binaries(), 'postgres'), ...options);
    const child = spawn(command, args, { stdio: ['ignore', 'ignore', 'pipe'], env: { ...process.env, LC_ALL: 'C' } });
    let log = '';
    for await (const text of child.stderr.setEncoding('utf8').iterator({ destroyOnReturn: false })) {
      log += text;
      if (!log.includes('ready to accept connections')) continue;
      child.stderr.resume();
      return new Postgres(child, port);
    }
    throw new Error(`postgres ended:\n${log}`);
  }

  async stop(): Promise<void> {
    const exited = once(this.#process, 'exit');
    // It ends connections at once, too (pg_ctl's "fast").
    this.#process.kill('SIGINT');
    await exited;
  }
}

function isRoot(): boolean {
  return process.getuid?.() === 0;
}

/** The folder of the newest installed version. */
function binaries(): string {
  const versions = existsSync(VERSIONS) ? readdirSync(VERSIONS) : [];
  const newest = versions.toSorted((one, other) => Number(other) - Number(one)).at(0);
  if (newest === undefined) throw new Error('PostgreSQL is not installed.');
  return join(VERSIONS, newest, 'bin');
}

function asUser(...command: string[]): string[] {
  return isRoot() ? ['setpriv', `--reuid=${USER}`, `--regid=${USER}`, '--clear-groups', ...command] : command;
}

function run([command = '', ...args]: readonly string[]): void {
  const { status, stderr } = spawnSync(command, args, { encoding: 'utf8', env: { ...process.env, LC_ALL: 'C' } });
  if (status !== 0) throw new Error(`${command} ended with ${status}: ${stderr}`);
}
