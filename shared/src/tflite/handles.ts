import type { Pointer } from './native-functions.js';

/** Something native that is freed once. */
export interface Handle {
  readonly pointer: bigint;
  close(): void;
}

/** Counts open handles, so that tests and `inkcast doctor` can detect leaks. */
export class Handles {
  #open = 0;

  get open(): number {
    return this.#open;
  }

  /** Takes ownership of a pointer. @param free called with it on the first `close` */
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

/** Closes handles in the reverse order of their opening, because each may use earlier ones. */
export function closeAll(handles: readonly { close(): void }[]): void {
  for (const handle of [...handles].reverse()) handle.close();
}
