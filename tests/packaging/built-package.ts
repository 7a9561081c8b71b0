import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { gunzipSync } from 'node:zlib';

export const REPOSITORY = fileURLToPath(new URL('../..', import.meta.url));

const execute = promisify(execFile);

/** A built Debian package, unpacked. */
export class BuiltPackage {
  /** @param folder where its files lie, with the control files in DEBIAN */
  constructor(readonly folder: string) {}

  path(name: string): string {
    return join(this.folder, name);
  }

  async text(name: string): Promise<string> {
    const bytes = await readFile(this.path(name));
    return (name.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
  }

  /** A field of DEBIAN/control. */
  async field(name: string): Promise<string | undefined> {
    return new RegExp(`^${name}: (.*)$`, 'm').exec(await this.text('DEBIAN/control'))?.[1];
  }

  /** Every installed file, by its path without the leading slash. */
  async files(): Promise<string[]> {
    const entries = await readdir(this.folder, { recursive: true, withFileTypes: true });
    const paths = entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
    return paths.map((path) => path.slice(this.folder.length + 1)).filter((path) => !path.startsWith('DEBIAN/'));
  }
}

/** Builds the package of an architecture as `npm run package:deb` does, and unpacks it below `folder`. */
export async function buildPackage(architecture: string, folder: string): Promise<BuiltPackage> {
  const script = [...process.execArgv, join(REPOSITORY, 'scripts/package-deb.ts')];
  const out = join(folder, architecture);
  const { stdout } = await execute(process.execPath, [...script, '--arch', architecture, '--out', out, '--fast']);
  const tree = join(folder, `${architecture}-tree`);
  await execute('dpkg-deb', ['--raw-extract', stdout.trim(), tree]);
  return new BuiltPackage(tree);
}
