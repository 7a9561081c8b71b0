import type { Pointer } from './native-functions.js';

/** Something native that is freed once. */
export interface Handle {
  readonly pointer: bigint;
  close(): void;
}

/** Counts what is open, so that a test, or `inkcast doctor`, can see that nothing leaks. */
export class Handles {
  #open = 0;

  get open(): number {
    return this.#open;
  }

  /** Takes charge of a pointer. @param free called with it at the first `close` */
  own(pointer: bigint, free: (pointer: Pointer) => void): Handle {
    this.#open += 1;
    let isOpen = true;
    return {
      pointer,
      close: () => {
        if (!isOpen) return;
        isOpen = false;
        this.#open -= 1;
        free(pointer);
      },
    };
  }
}

/** Closes in the reverse of the order in which the handles were opened: each may use those before it. */
export function closeAll(handles: readonly { close(): void }[]): void {
  for (const handle of [...handles].reverse()) handle.close();
}
