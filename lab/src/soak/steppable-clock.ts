import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A clock that tells the date to processes of its environment. The one that timers go by is not touched. */
export interface SteppableClock {
  readonly environment: NodeJS.ProcessEnv;
  /** Sets it so far from the true time. */
  readonly step: (offsetSeconds: number) => void;
}

/** @param folder for a file of its own @returns undefined where Debian's faketime is not installed */
export function steppableClock(folder: string): SteppableClock | undefined {
  const file = join(folder, 'clock');
  const step = (offsetSeconds: number): void =>
    writeFileSync(file, `${offsetSeconds < 0 ? '' : '+'}${offsetSeconds}\n`);
  step(0);
  try {
    const preload = execFileSync('faketime', ['-m', '-f', '+0d', 'printenv', 'LD_PRELOAD'], { encoding: 'utf8' });
    const environment = {
      LD_PRELOAD: preload.trim(),
      FAKETIME_TIMESTAMP_FILE: file,
      FAKETIME_NO_CACHE: '1',
      FAKETIME_DONT_FAKE_MONOTONIC: '1',
      DONT_FAKE_MONOTONIC: '1',
    };
    return { environment, step };
  } catch {
    return undefined;
  }
}
