import { execFileSync } from 'node:child_process';
import { chmodSync } from 'node:fs';
import type { Context } from 'mocha';

/**
 * Makes a folder and what is in it unwritable for this user: by its permissions, or by a mount where root, whom those do not
 * bind, runs the tests. Where root may not mount, the test or suite is skipped.
 *
 * @returns what makes it writable again
 */
export function makeReadOnly(context: Context, folder: string): () => void {
  if (process.getuid?.() !== 0) {
    chmodSync(folder, 0o555);
    return () => chmodSync(folder, 0o755);
  }
  try {
    execFileSync('mount', ['--bind', folder, folder], { stdio: 'pipe' });
  } catch {
    return context.skip();
  }
  execFileSync('mount', ['-o', 'remount,ro,bind', folder], { stdio: 'pipe' });
  return () => execFileSync('umount', [folder]);
}
