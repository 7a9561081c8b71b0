import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { ARCHITECTURES, type ArchitectureName, isArchitecture, OWN_ARCHITECTURE } from './architectures.js';
import type { Outcome } from './trial-root.js';

/** What a trial in a separate Debian of an architecture lacks on this machine; undefined if it lacks nothing. */
export function missingForTrial(arch: string, ...tools: readonly string[]): string | undefined {
  if (!isArchitecture(arch)) return `an architecture of ${Object.keys(ARCHITECTURES).join(', ')}`;
  if (process.getuid?.() !== 0) return 'root';
  const tool = ['debootstrap', 'unshare', 'dpkg-deb', ...tools].find(
    (name) => spawnSync(name, ['--version']).error !== undefined,
  );
  if (tool !== undefined) return `${tool} (apt install ${tool})`;
  const emulated = existsSync(`/proc/sys/fs/binfmt_misc/qemu-${arch === 'arm64' ? 'aarch64' : 'x86_64'}`);
  if (arch === OWN_ARCHITECTURE || emulated) return undefined;
  return 'qemu-user registered with binfmt_misc (apt install qemu-user-static)';
}

/** Prints a step of a trial. One that does not hold makes the trial fail. */
export function check(what: string, holds: boolean, details?: string): void {
  console.log(`${holds ? 'ok  ' : 'FAIL'} ${what}`);
  if (holds) return;
  process.exitCode = 1;
  if (details !== undefined) console.log(details);
}

/** Prints a step that is a command, and gives its output. @throws Error if it failed, which ends the trial */
export function must({ status, output, errors }: Outcome, what: string): string {
  check(what, status === 0, `${output}${errors}`);
  if (status !== 0) throw new Error(`${what}: exit ${status}`);
  return output;
}

/** Builds the Debian package of the repository `root` below `folder`. @returns its path */
export function buildForTrial(root: string, arch: ArchitectureName, folder: string): string {
  const out = join(folder, 'packages');
  const args = [join(root, 'scripts/package-deb.ts'), '--arch', arch, '--out', out, '--fast'];
  const { status, stdout } = spawnSync(process.execPath, [...process.execArgv, ...args], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (status !== 0) throw new Error('the package was not built');
  return resolve(stdout.trim());
}

/** The same package with something behind its version. */
export function renumbered(file: string, suffix: string, result: string): void {
  const tree = `${result}.tree`;
  rmSync(tree, { recursive: true, force: true });
  mkdirSync(tree, { recursive: true });
  const script = `dpkg-deb -R "$1" "$2" && sed -i "s/^Version: .*/&$4/" "$2/DEBIAN/control" &&
    dpkg-deb --root-owner-group -Zgzip -z1 -b "$2" "$3"`;
  const { status } = spawnSync('sh', ['-c', script, 'sh', file, tree, result, suffix], { stdio: 'ignore' });
  rmSync(tree, { recursive: true });
  if (status !== 0) throw new Error(`${result} was not built`);
}
