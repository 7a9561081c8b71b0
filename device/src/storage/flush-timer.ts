/** A timer that can be moved to an earlier time, but never to a later one. */
export class FlushTimer {
  #timer: { readonly handle: NodeJS.Timeout; readonly due: number } | undefined;

  /** @param due monotonic milliseconds */
  arm(due: number, work: () => void): void {
    if (this.#timer !== undefined && this.#timer.due <= due) return;
    this.clear();
    this.#timer = { handle: setTimeout(work, Math.max(0, due - performance.now())), due };
  }

  clear(): void {
    clearTimeout(this.#timer?.handle);
    this.#timer = undefined;
  }
}
