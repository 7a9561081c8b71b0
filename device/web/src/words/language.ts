import { computed, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import { en, type Words } from './en.js';
import type { DeviceTexts } from './told.js';
import { zh } from './zh.js';

export const DICTIONARIES = { en, zh } as const satisfies Record<string, Words>;

export type LanguageCode = keyof typeof DICTIONARIES;

/** What the device says in English, in other languages; loaded where it is wanted, since it is long. */
const DEVICE_TEXTS: Readonly<Record<LanguageCode, () => Promise<DeviceTexts | undefined>>> = {
  en: async () => undefined,
  zh: () => import('./zh-device.js'),
};

const STORAGE_KEY = 'inkcast.language';

export const isLanguage = (code: string): code is LanguageCode => code in DICTIONARIES;

/** The first of the reader's languages that the page speaks; English where it speaks none. */
export function preferredLanguage(wanted: readonly string[]): LanguageCode {
  return wanted.map(languageOf).find(isLanguage) ?? 'en';
}

const languageOf = (tag: string): string => tag.toLowerCase().split('-')[0];

/** The language of the page, kept from visit to visit. */
export class Language {
  readonly #storage: Storage;
  readonly #wanted: readonly string[];
  readonly #code: Signal<LanguageCode>;
  readonly words: ReadonlySignal<Words>;
  readonly #deviceTexts: Signal<DeviceTexts | undefined> = signal(undefined);

  constructor(storage: Storage, wanted: readonly string[]) {
    this.#storage = storage;
    this.#wanted = wanted;
    const kept = storage.getItem(STORAGE_KEY);
    this.#code = signal(kept !== null && isLanguage(kept) ? kept : preferredLanguage(wanted));
    this.words = computed(() => DICTIONARIES[this.#code.value]);
  }

  /** What the device's sentences are in this language; undefined where they stay as they are, or are not loaded yet. */
  get deviceTexts(): DeviceTexts | undefined {
    return this.#deviceTexts.value;
  }

  /** Loads what the device's sentences are in the language that is chosen. */
  async load(): Promise<void> {
    const { code } = this;
    const texts = await DEVICE_TEXTS[code]();
    if (code === this.code) this.#deviceTexts.value = texts;
  }

  get code(): LanguageCode {
    return this.#code.value;
  }

  /** The tag of the page's language, as HTML has it. */
  get tag(): string {
    return this.code === 'zh' ? 'zh-Hans' : this.code;
  }

  /** For times and numbers: the reader's own kind of the language, such as en-GB. */
  get locale(): string {
    return this.#wanted.find((tag) => languageOf(tag) === this.code) ?? this.code;
  }

  choose(code: LanguageCode): void {
    this.#code.value = code;
    this.#storage.setItem(STORAGE_KEY, code);
    void this.load();
  }
}
