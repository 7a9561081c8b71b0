import { closeSync, openSync } from 'node:fs';
import { isMainThread } from 'node:worker_threads';
import koffi from 'koffi';

const STANDARD_ERROR = 2;

/**
 * Calls a native function and drops what it prints to standard error, because TensorFlow Lite's C library has no
 * function to turn its messages off. Faults still arrive through the error reporter.
 *
 * Standard error belongs to the whole process. If two threads redirected it at once, it would not be restored, so only
 * the main thread does.
 */
export function quietly<T>(call: () => T): T {
  if (!isMainThread) return call();
  const libc = koffi.load(null);
  const dup = libc.func('int dup(int)');
  const dup2 = libc.func('int dup2(int, int)');
  const close = libc.func('int close(int)');
  const kept: number = dup(STANDARD_ERROR);
  // No file can be opened any more, so the message is printed.
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
