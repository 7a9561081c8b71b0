import { type Signal, signal } from '@preact/signals';

export const SCREENS = ['live', 'frame', 'history', 'teach', 'try', 'settings', 'setup'] as const;

export type ScreenName = (typeof SCREENS)[number];

/** The screen that an address names behind `#/`; the live one where it names none. */
export function screenOf(hash: string): ScreenName {
  return SCREENS.find((name) => hash === `#/${name}`) ?? 'live';
}

/** The screen that is shown. It stands in the address, so that a reload and the back button find it. */
export class Route {
  readonly #window: Window;
  readonly #screen: Signal<ScreenName>;

  constructor(window: Window) {
    this.#window = window;
    this.#screen = signal(screenOf(window.location.hash));
  }

  get screen(): ScreenName {
    return this.#screen.value;
  }

  start(): void {
    this.#window.addEventListener('hashchange', this.#changed);
  }

  stop(): void {
    this.#window.removeEventListener('hashchange', this.#changed);
  }

  readonly #changed = (): void => {
    this.#screen.value = screenOf(this.#window.location.hash);
  };
}
