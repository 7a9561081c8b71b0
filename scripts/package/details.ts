import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const { DEBFULLNAME = 'Inkcast maintainers', DEBEMAIL = 'maintainers@inkcast.example' } = process.env;

/** Name and address, from the variables that Debian's own tools read. */
export const MAINTAINER = `${DEBFULLNAME} <${DEBEMAIL}>`;

/** The version of the repository `root`. */
export function ownVersion(root: string): string {
  const manifest: unknown = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  return z.object({ version: z.string() }).parse(manifest).version;
}

/** The date of the last commit, so that the same sources give the same package (reproducible-builds.org, SOURCE_DATE_EPOCH). */
export function sourceDate(root: string): Date {
  if (process.env.SOURCE_DATE_EPOCH !== undefined) return new Date(Number(process.env.SOURCE_DATE_EPOCH) * 1000);
  const { status, stdout } = spawnSync('git', ['log', '-1', '--format=%ct'], { cwd: root, encoding: 'utf8' });
  return status === 0 ? new Date(Number(stdout) * 1000) : new Date();
}
