import { type ExitCode, INTERRUPTED, interruptible, type Terminal } from '@inkcast/shared/cli';

/** Runs work that Ctrl-C ends, whatever it then throws. @returns undefined where it did */
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
