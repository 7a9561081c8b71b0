import { type ExitCode, INTERRUPTED, interruptible, type Terminal } from '@inkcast/shared/cli';

/** Runs work until it ends or Ctrl-C stops it. @returns undefined if Ctrl-C stopped it, whatever the work throws then */
export function untilInterrupted<T>(
  terminal: Terminal,
  exit: ExitCode,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T | undefined> {
  return interruptible(async (signal) => {
    try {
      const result = await work(signal);
      if (!signal.aborted) return result;
    } catch (error) {
      if (!signal.aborted) throw error;
    }
    terminal.note('Stopped.');
    exit.code = INTERRUPTED;
    return undefined;
  });
}
