import type { Stats } from 'node:fs';
import { stat } from 'node:fs/promises';

/** Milliseconds between two looks at a file. */
const MAX_LOOK_MS = 100;

/**
 * Waits until files are complete: until neither their size nor their time of change has changed for a while. It counts on
 * a clock that does not jump. chokidar's own `awaitWriteFinish` counts by the date, and a date that is set back while a
 * file arrives would keep that file back for years.
 */
export class SettlingFiles {
  readonly #settledMs: number;
  readonly #onSettled: (file: string) => void;
  readonly #timers = new Map<string, NodeJS.Timeout>();

  /** @param onSettled called once for each file that was named by `changed` and is complete */
  constructor(settledMs: number, onSettled: (file: string) => void) {
    this.#settledMs = settledMs;
    this.#onSettled = onSettled;
  }

  /** Waits for a file that is new or has changed. */
  changed(file: string): void {
    this.#lookLater(file, undefined, performance.now());
  }

  stop(): void {
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#timers.clear();
  }

  #lookLater(file: string, before: Stats | undefined, since: number): void {
    clearTimeout(this.#timers.get(file));
    const look = () => void this.#look(file, before, since, timer);
    const timer = setTimeout(look, Math.min(MAX_LOOK_MS, this.#settledMs / 2));
    this.#timers.set(file, timer);
  }

  async #look(file: string, before: Stats | undefined, since: number, timer: NodeJS.Timeout): Promise<void> {
    const found = await stat(file).catch(() => undefined);
    // It has changed meanwhile, or nobody waits any more.
    if (this.#timers.get(file) !== timer) return;
    const isSame = found !== undefined && found.size === before?.size && found.mtimeMs === before.mtimeMs;
    const now = performance.now();
    if (found === undefined) {
      this.#timers.delete(file);
    } else if (isSame && now - since >= this.#settledMs) {
      this.#timers.delete(file);
      this.#onSettled(file);
    } else {
      this.#lookLater(file, found, isSame ? since : now);
    }
  }
}
