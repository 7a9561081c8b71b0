import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const SCRIPTS = fileURLToPath(new URL('.', import.meta.url));
const TIMEOUT_MS = 600_000;

/** A folder for one boot. Its folder `out` is /run/out in the system that boots, and the steps write out/trial.log. */
export function makeBootFolder(folder: string): string {
  mkdirSync(join(folder, 'fs'));
  mkdirSync(join(folder, 'out'));
  return join(folder, 'out');
}

export interface Boot {
  /** As `makeBootFolder` has made it. */
  readonly folder: string;
  /** The root of the file system, which stays as it is. */
  readonly system: string;
  /** The script in this folder that puts the units of the trial there. */
  readonly prepare: string;
  /** Its further arguments. */
  readonly args: readonly string[];
}

/** Boots systemd until the steps have ended. @returns what the steps have written, a line for each */
export function bootSystem({ folder, system, prepare, args }: Boot): string {
  const script = [join(SCRIPTS, 'boot.sh'), folder, system, join(SCRIPTS, prepare), ...args];
  const { output, pid } = spawnSync('sh', script, { timeout: TIMEOUT_MS, killSignal: 'SIGKILL', encoding: 'utf8' });
  // The control groups are empty now. The deepest are removed first.
  const groups = ['systemd/', 'devices/', 'unified/', ''].map((name) => `/sys/fs/cgroup/${name}inkcast-trial-${pid}`);
  spawnSync('find', [...groups, '-depth', '-type', 'd', '-exec', 'rmdir', '{}', '+'], { stdio: 'ignore' });
  const log = join(folder, 'out/trial.log');
  return existsSync(log) ? readFileSync(log, 'utf8') : `${output}`;
}

/** Whether all steps were taken, and all of them hold. */
export const allHold = (results: string): boolean => /^done$/m.test(results) && !/^FAIL/m.test(results);
