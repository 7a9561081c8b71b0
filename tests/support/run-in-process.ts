import type { Terminal } from '@inkcast/shared/cli';

/** What a command wrote, and its exit code. */
export interface CommandOutput {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command line in this process, without a terminal. */
export async function runInProcess(
  commandLine: (args: readonly string[], terminal: Terminal) => Promise<number>,
  args: readonly string[],
): Promise<CommandOutput> {
  let [stdout, stderr] = ['', ''];
  const code = await commandLine(args, {
    interactive: false,
    print: (line) => {
      stdout += `${line}\n`;
    },
    note: (line) => {
      stderr += `${line}\n`;
    },
    log: (line) => {
      stdout += `${line}\n`;
    },
  });
  return { code, stdout, stderr };
}
