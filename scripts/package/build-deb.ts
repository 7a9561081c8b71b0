import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ArchitectureName } from './architectures.js';
import { ownVersion } from './details.js';
import { layOutPackage } from './package-tree.js';

export interface DebOptions {
  /** The repository. */
  readonly root: string;
  readonly architecture: ArchitectureName;
  /** The folder for the package. */
  readonly out: string;
  /** Options of dpkg-deb. */
  readonly compression: readonly string[];
  readonly date: Date;
  /** Name and address. */
  readonly maintainer: string;
}

/**
 * Builds the Debian package from the built repository. The same sources and date give the same bytes.
 *
 * @returns the path of inkcast_VERSION_ARCHITECTURE.deb, below `out`
 */
export async function buildDeb({
  root,
  architecture,
  out,
  compression,
  date,
  maintainer,
}: DebOptions): Promise<string> {
  const scratch = mkdtempSync(join(tmpdir(), 'inkcast-deb-'));
  try {
    const tree = join(scratch, 'tree');
    const version = ownVersion(root);
    await layOutPackage(root, tree, join(scratch, 'npm'), { version, architecture, date, maintainer });
    mkdirSync(out, { recursive: true });
    const file = join(out, `inkcast_${version}_${architecture}.deb`);
    const options = ['--root-owner-group', ...compression, '--build', tree, file];
    const env = { ...process.env, SOURCE_DATE_EPOCH: String(date.getTime() / 1000) };
    const { status, stderr, error } = spawnSync('dpkg-deb', options, { encoding: 'utf8', env });
    if (status !== 0) throw new Error(`dpkg-deb failed: ${error?.message ?? stderr}`);
    return file;
  } finally {
    rmSync(scratch, { recursive: true });
  }
}
