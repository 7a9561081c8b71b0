import { fileURLToPath } from 'node:url';
import { runCommandLine } from '@inkcast/device/cli';

/** The repository. */
export const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
/** The command's file, for `node`. */
export const BIN = fileURLToPath(new URL('../../../device/bin/inkcast.js', import.meta.url));

export interface CommandResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs `inkcast` in this process. */
export async function inkcast(...args: string[]): Promise<CommandResult> {
  let [stdout, stderr] = ['', ''];
  const code = await runCommandLine(args, {
    interactive: false,
    print: (line) => {
      stdout += `${line}\n`;
    },
    note: (line) => {
      stderr += `${line}\n`;
    },
  });
  return { code, stdout, stderr };
}
