import { batch, type Signal, signal } from '@preact/signals';
import {
  type Api,
  type ApiError,
  asApiError,
  type Issue,
  type Json,
  type SavedSettings,
  type Setting,
  type Settings,
  type SettingsVersion,
} from '../api/index.js';
import { isIssueOf, isThere, textOf, valueFrom } from './values.js';

export type Outcome =
  | { readonly kind: 'saved' | 'restored'; readonly restartNeeded: readonly string[] }
  | { readonly kind: 'tried' | 'restarting' }
  | { readonly kind: 'failed'; readonly error: ApiError };

/** The settings with what has been changed and not saved yet. */
export class SettingsForm {
  readonly #api: Api;
  readonly #settings: Signal<Settings | undefined> = signal(undefined);
  readonly #versions: Signal<readonly SettingsVersion[]> = signal([]);
  /** Edited texts, by path. */
  readonly #drafts: Signal<ReadonlyMap<string, string>> = signal(new Map());
  readonly #outcome: Signal<Outcome | undefined> = signal(undefined);
  readonly #isBusy = signal(false);

  constructor(api: Api) {
    this.#api = api;
  }

  /** Undefined until the device has answered. */
  get settings(): Settings | undefined {
    return this.#settings.value;
  }

  get versions(): readonly SettingsVersion[] {
    return this.#versions.value;
  }

  get outcome(): Outcome | undefined {
    return this.#outcome.value;
  }

  /** Whether something is asked of the device that is not answered yet; nothing else is asked for meanwhile. */
  get isBusy(): boolean {
    return this.#isBusy.value;
  }

  /** The keys that there are with the present choices. */
  get keys(): readonly Setting[] {
    return (this.settings?.keys ?? []).filter((key) => isThere(key, (path) => this.text(path)));
  }

  get changed(): readonly Setting[] {
    return this.keys.filter(({ path }) => this.#drafts.value.has(path));
  }

  /** What a key is edited as now. */
  text(path: string): string {
    const draft = this.#drafts.value.get(path);
    if (draft !== undefined) return draft;
    const keys = this.settings?.keys.filter((key) => key.path === path) ?? [];
    return textOf(keys.find(({ value }) => value !== undefined)?.value);
  }

  isDraft(path: string): boolean {
    return this.#drafts.value.has(path);
  }

  issuesOf(path: string): readonly Issue[] {
    return this.outcome?.kind === 'failed'
      ? this.outcome.error.issues.filter((issue) => isIssueOf(issue.path, path))
      : [];
  }

  /** What went wrong and is shown beside no field. */
  get generalError(): ApiError | undefined {
    if (this.outcome?.kind !== 'failed') return undefined;
    const { error } = this.outcome;
    const isBesideField = (issue: Issue) => this.keys.some(({ path }) => isIssueOf(issue.path, path));
    return error.issues.length > 0 && error.issues.every(isBesideField) ? undefined : error;
  }

  edit(path: string, text: string): void {
    this.#drafts.value = new Map(this.#drafts.value).set(path, text);
  }

  discard(): void {
    batch(() => {
      this.#drafts.value = new Map();
      this.#outcome.value = undefined;
    });
  }

  async load(): Promise<void> {
    await this.#attempt(async () => {
      this.#settings.value = await this.#askSettings();
      return this.outcome;
    });
  }

  /** Asks for earlier versions of the file, which only an administrator sees. */
  async loadVersions(): Promise<void> {
    await this.#attempt(async () => {
      this.#versions.value = await this.#askVersions();
      return this.outcome;
    });
  }

  async save(): Promise<void> {
    await this.#act(async (drafts) => {
      const version = this.settings?.version ?? undefined;
      const body = { changes: this.#changes(), ...(version === undefined ? {} : { version }) };
      const { restartNeeded } = await this.#api.send<SavedSettings>('POST', 'settings/save', body);
      await this.#reload(drafts);
      return { kind: 'saved', restartNeeded };
    });
  }

  /** Sets what can be set now, until the device is started again. */
  async try(): Promise<void> {
    await this.#act(async (drafts) => {
      await this.#api.send('PATCH', 'settings', { changes: this.#changes() });
      await this.#reload(drafts);
      return { kind: 'tried' };
    });
  }

  async restore(id: string): Promise<void> {
    await this.#act(async (drafts) => {
      const path = `settings/versions/${encodeURIComponent(id)}/restore`;
      const { restartNeeded } = await this.#api.send<SavedSettings>('POST', path);
      await this.#reload(drafts);
      return { kind: 'restored', restartNeeded };
    });
  }

  async restart(): Promise<void> {
    await this.#act(async () => {
      await this.#api.send('POST', 'restart');
      return { kind: 'restarting' };
    });
  }

  #changes(): Record<string, Json> {
    return Object.fromEntries(this.changed.map(({ path, schema }) => [path, valueFrom(this.text(path), schema)]));
  }

  /** @param done drafts that are settled by now; what was typed meanwhile stays a draft */
  async #reload(done: ReadonlyMap<string, string>): Promise<void> {
    const [settings, versions] = await Promise.all([this.#askSettings(), this.#askVersions()]);
    batch(() => {
      this.#settings.value = settings;
      this.#versions.value = versions;
      this.#drafts.value = new Map([...this.#drafts.value].filter(([path, text]) => done.get(path) !== text));
    });
  }

  async #askSettings(): Promise<Settings> {
    return this.#api.get<Settings>('settings');
  }

  async #askVersions(): Promise<readonly SettingsVersion[]> {
    const answer = await this.#api.get<{ readonly versions: readonly SettingsVersion[] }>('settings/versions');
    return answer.versions;
  }

  /** @param act gets the drafts as they are when it begins */
  async #act(act: (drafts: ReadonlyMap<string, string>) => Promise<Outcome>): Promise<void> {
    // The second half of a double click would be refused: by then, the file is another one.
    if (this.#isBusy.value) return;
    this.#isBusy.value = true;
    await this.#attempt(() => act(this.#drafts.value));
    this.#isBusy.value = false;
  }

  async #attempt(act: () => Promise<Outcome | undefined>): Promise<void> {
    try {
      this.#outcome.value = await act();
    } catch (error) {
      this.#outcome.value = { kind: 'failed', error: asApiError(error) };
    }
  }
}
