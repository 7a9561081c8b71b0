import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The clock that tells the date to processes which are started with its environment, through Debian's faketime. The one
 * that timers go by is not touched: that never jumps on a real machine either.
 */
export class SetClock {
  readonly #file: string;
  readonly environment: NodeJS.ProcessEnv;

  /** @param folder for a file of its own @param date what it tells at first */
  constructor(folder: string, date: string) {
    this.#file = join(folder, 'date');
    this.environment = {
      LD_PRELOAD: execFileSync('faketime', ['-m', '-f', '+0d', 'printenv', 'LD_PRELOAD'], { encoding: 'utf8' }).trim(),
      FAKETIME_TIMESTAMP_FILE: this.#file,
      FAKETIME_NO_CACHE: '1',
      FAKETIME_DONT_FAKE_MONOTONIC: '1',
      DONT_FAKE_MONOTONIC: '1',
    };
    this.set(date);
  }

  /** @param date such as `2099-01-01 00:00:00`; the clock continues from there */
  set(date: string): void {
    writeFileSync(this.#file, `@${date}\n`);
  }
}
