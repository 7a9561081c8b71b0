import { effect, type Signal, signal } from '@preact/signals';

export const THEMES = ['system', 'light', 'dark'] as const;

export type ThemeName = (typeof THEMES)[number];

const STORAGE_KEY = 'inkcast.theme';

/** Light, dark, or as the system has it; kept from visit to visit. */
export class Theme {
  readonly #storage: Storage;
  readonly #name: Signal<ThemeName>;

  constructor(storage: Storage) {
    this.#storage = storage;
    this.#name = signal(THEMES.find((name) => name === storage.getItem(STORAGE_KEY)) ?? 'system');
  }

  get name(): ThemeName {
    return this.#name.value;
  }

  choose(name: ThemeName): void {
    this.#name.value = name;
    this.#storage.setItem(STORAGE_KEY, name);
  }

  /** Keeps the attribute up to date that the style sheet looks at. @returns what stops it */
  applyTo(root: HTMLElement): () => void {
    return effect(() => {
      root.dataset.theme = this.#name.value;
    });
  }
}
