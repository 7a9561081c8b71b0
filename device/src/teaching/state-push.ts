import type { TeachingState } from './teaching-state.js';

type Watcher = (state: TeachingState) => void;

/** Time between two messages. */
const SPACING_MS = 500;

/** Tells those who watch how teaching is when it has changed: at most twice a second, and last how it is then. */
export class StatePush {
  readonly #state: () => Promise<TeachingState>;
  readonly #watchers = new Set<Watcher>();
  #timer: NodeJS.Timeout | undefined;

  constructor(state: () => Promise<TeachingState>) {
    this.#state = state;
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#watchers.clear();
  }

  /** @returns what ends it */
  watch(watcher: Watcher): () => void {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  }

  changed(): void {
    if (this.#watchers.size === 0) return;
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#state().then(
        (state) => {
          for (const watcher of this.#watchers) watcher(state);
        },
        // A fault of the disk is among the problems.
        () => {},
      );
    }, SPACING_MS);
  }
}
