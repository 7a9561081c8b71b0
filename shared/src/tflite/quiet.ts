import { closeSync, openSync } from 'node:fs';
import { isMainThread } from 'node:worker_threads';
import koffi from 'koffi';

const STANDARD_ERROR = 2;

/**
 * Calls something native that tells people about itself on standard error, which is ours, and drops what it says there:
 * TensorFlow Lite's C library has no function by which it could be asked not to. Faults come by the error reporter.
 *
 * Standard error belongs to the whole process. Of two threads that put it aside at once, the second would put back nothing,
 * so that only the main thread does.
 */
export function quietly<T>(call: () => T): T {
  if (!isMainThread) return call();
  const libc = koffi.load(null);
  const dup = libc.func('int dup(int)');
  const dup2 = libc.func('int dup2(int, int)');
  const close = libc.func('int close(int)');
  const kept: number = dup(STANDARD_ERROR);
  // No file can be opened any more: a line too many is the least of it.
  if (kept < 0) return call();
  try {
    const nowhere = openSync('/dev/null', 'w');
    dup2(nowhere, STANDARD_ERROR);
    closeSync(nowhere);
    return call();
  } finally {
    dup2(kept, STANDARD_ERROR);
    close(kept);
  }
}
