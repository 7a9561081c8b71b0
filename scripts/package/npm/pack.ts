import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { sourceDate } from '../details.js';
import { layOutApplicationPackage } from './application.js';
import { LIBRARIES, layOutLibrary } from './library.js';

/** What `npm pack --json` says. */
const packedSchema = z.tuple([z.object({ filename: z.string() })]);

/**
 * Makes the tarballs of the built repository: the application first, then the libraries, each after those that it needs. The same
 * sources give the same bytes.
 *
 * @param out the folder for them
 * @returns their paths
 */
export function packNpm(root: string, out: string): string[] {
  const scratch = mkdtempSync(join(tmpdir(), 'inkcast-npm-'));
  try {
    mkdirSync(out, { recursive: true });
    const date = sourceDate(root);
    layOutApplicationPackage(root, join(scratch, 'inkcast'), date);
    for (const library of LIBRARIES) layOutLibrary(root, library, join(scratch, library.name), date);
    return ['inkcast', ...LIBRARIES.map(({ name }) => name)].map((name) => pack(join(scratch, name), out));
  } finally {
    rmSync(scratch, { recursive: true });
  }
}

function pack(folder: string, out: string): string {
  const args = ['pack', folder, '--json', '--loglevel=error', '--ignore-scripts', '--pack-destination', out];
  const { status, stdout, stderr, error } = spawnSync('npm', args, { encoding: 'utf8', maxBuffer: 2 ** 26 });
  if (status !== 0) throw new Error(`npm pack failed: ${error?.message ?? stderr}`);
  const [{ filename }] = packedSchema.parse(JSON.parse(stdout));
  return join(out, filename);
}
