import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { LockedPackage } from './production-packages.js';

const manifestSchema = z.object({ version: z.string() });
/** What `npm pack --json` says. */
const packedSchema = z.tuple([z.object({ filename: z.string(), integrity: z.string() })]);

/**
 * A folder with the content of an npm package. If the installed package has the version of the lockfile, this is its folder.
 * Otherwise npm downloads the package into `scratch`, for example binaries for another architecture.
 */
export function packageFolder(root: string, scratch: string, entry: LockedPackage): string {
  const { location, name, version, integrity } = entry;
  const installed = join(root, location);
  if (existsSync(join(installed, 'package.json'))) {
    const manifest = manifestSchema.parse(JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8')));
    if (manifest.version === version) return installed;
  }
  const folder = join(scratch, `${name.replace('/', '+')}-${version}`);
  mkdirSync(folder, { recursive: true });
  const spec = `${name}@${version}`;
  const answer = run('npm', ['pack', spec, '--json', '--loglevel=error', '--pack-destination', folder]);
  const [packed] = packedSchema.parse(JSON.parse(answer));
  if (packed.integrity !== integrity) throw new Error(`${spec} is not what package-lock.json has: ${packed.integrity}`);
  run('tar', ['-xzf', join(folder, packed.filename), '-C', folder, '--no-same-owner']);
  return join(folder, 'package');
}

function run(command: string, args: readonly string[]): string {
  const { status, stdout, error } = spawnSync(command, args, {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (status !== 0) throw new Error(`${command} ${args[0]} failed${error ? `: ${error.message}` : ''}`);
  return stdout;
}
