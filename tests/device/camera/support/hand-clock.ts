import type { Clock } from '@inkcast/device/camera';

/** A clock that a test moves. */
export class HandClock implements Clock {
  #now = 0;
  readonly #due = new Map<symbol, { readonly at: number; readonly work: () => void }>();

  now(): number {
    return this.#now;
  }

  after(ms: number, work: () => void): () => void {
    const key = Symbol();
    this.#due.set(key, { at: this.#now + ms, work });
    return () => this.#due.delete(key);
  }

  /** Timers that have not gone off. */
  get waiting(): number {
    return this.#due.size;
  }

  /** Moves the clock forward. It runs the timers in order and waits for their effects. */
  async advance(ms: number): Promise<void> {
    const end = this.#now + ms;
    for (;;) {
      const next = [...this.#due].filter(([, { at }]) => at <= end).sort(([, a], [, b]) => a.at - b.at)[0];
      if (next === undefined) break;
      const [key, { at, work }] = next;
      this.#due.delete(key);
      this.#now = at;
      work();
      await settled();
    }
    this.#now = end;
    await settled();
  }
}

/** Resolves when promises that wait for nothing else have settled. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 3; turn++) await new Promise((resolve) => setImmediate(resolve));
}
