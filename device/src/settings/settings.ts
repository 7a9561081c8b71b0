import { isDeepStrictEqual } from 'node:util';
import { InkError } from '@inkcast/shared/errors';
import { z } from 'zod';
import {
  type Config,
  type ConfigKey,
  type ConfigSources,
  configKeys,
  overridesOf,
  parseConfig,
  renameOldKeys,
  sectionsOf,
  valueAt,
} from '../config/index.js';
import type { SavedSettingsMessage, SettingsMessage } from '../web/index.js';
import { type Changes, changedText } from './change-text.js';
import { ConfigFile } from './config-file.js';
import { describeSettings } from './describe-settings.js';
import type { KeptVersion } from './kept-versions.js';
import { withCredentialsOf } from './masked-address.js';
import { namedChanges } from './named-changes.js';

type Json = z.core.util.JSONType;

/** What a daemon runs with. */
export interface RunningSettings {
  readonly config: () => Config;
  /** Sets live keys until it ends. @throws InkError INK_CONFIG_INVALID */
  readonly setLive: (values: Record<string, Json>) => void;
}

export interface SettingsOptions {
  /** Where the configuration was loaded from. */
  readonly sources: Omit<ConfigSources, 'onOldKey'>;
  /** The daemon, where one runs. */
  readonly running?: RunningSettings;
  /** Whether keys that say what is run may be changed: not by whoever is let in over the network, or is on this machine. */
  readonly mayChangePrograms: boolean;
}

/** Settings of a daemon that are saved to its configuration file, where they hold after a restart too. */
export class Settings {
  readonly #options: SettingsOptions;
  readonly #file: ConfigFile | undefined;

  constructor(options: SettingsOptions) {
    this.#options = options;
    const { file } = options.sources;
    this.#file = file === undefined ? undefined : new ConfigFile(file);
  }

  /** @throws InkError INK_CONFIG_UNREADABLE or INK_CONFIG_INVALID where the file is not what it was at the start */
  async describe(): Promise<SettingsMessage> {
    const { sources, running } = this.#options;
    const content = await this.#file?.read();
    const inFile = sectionsOf(content?.text ?? '', this.#file?.path ?? 'The configuration');
    renameOldKeys(inFile, '', () => {});
    const overrides = overridesOf(configKeys(), sources);
    const config = running?.config();
    const saved = content === undefined ? config : this.#parsed(content.text);
    const keys = describeSettings({ running: config, saved, inFile, overrides });
    const unwritable = refusalOf(await this.#file?.unwritable());
    return { file: this.#file?.path ?? null, version: content?.version ?? null, unwritable, keys };
  }

  /**
   * Saves changes, all or none; live ones hold at once.
   *
   * @param version of the file that was looked at; undefined to change whatever is there
   * @throws InkError INK_CONFIG_INVALID with an issue for each wrong key; INK_CONFIG_NO_FILE, INK_CONFIG_CHANGED,
   * INK_CONFIG_UNEDITABLE, INK_FILE_UNWRITABLE
   */
  async save(changes: Changes, version?: string): Promise<SavedSettingsMessage> {
    const keys = configKeys();
    const named = namedChanges(changes, keys, this.#options.mayChangePrograms);
    const file = this.#needsFile();
    let saved: Config | undefined;
    const content = await file.change((text) => {
      const before = sectionsOf(text, file.path);
      renameOldKeys(before, '', () => {});
      const whole = Object.entries({ ...named, ...leftBehind(before, named, keys) }).map(
        ([name, value]) => [name, withCredentialsOf(valueAt(before, name.split('.')), value)] as const,
      );
      const fresh = changedText(text, file.path, Object.fromEntries(whole));
      saved = parseConfig(fresh, this.#options.sources);
      return fresh;
    }, version);
    const isChanged = (name: string) => Object.keys(named).some((key) => `${name}.`.startsWith(`${key}.`));
    return { restartNeeded: this.#adopt(saved, keys, isChanged), version: content.version };
  }

  /** Earlier versions of the file, the newest first. */
  async versions(): Promise<readonly KeptVersion[]> {
    return (await this.#file?.versions()) ?? [];
  }

  /**
   * Puts an earlier version in the place of the file, which is then kept as another one.
   *
   * @throws InkError INK_CONFIG_NO_VERSION; INK_CONFIG_INVALID where it would not be taken today; as `save`
   */
  async restore(id: string): Promise<SavedSettingsMessage> {
    const file = this.#needsFile();
    const earlier = await file.earlier(id);
    const saved = parseConfig(earlier, this.#options.sources);
    const content = await file.change(() => earlier);
    return { restartNeeded: this.#adopt(saved, configKeys(), () => true), version: content.version };
  }

  #needsFile(): ConfigFile {
    if (this.#file !== undefined) return this.#file;
    throw new InkError('INK_CONFIG_NO_FILE', 'Inkcast was started without a configuration file.');
  }

  #parsed(text: string): Config | undefined {
    try {
      return parseConfig(text, this.#options.sources);
    } catch (error) {
      if (error instanceof InkError) return undefined;
      throw error;
    }
  }

  /**
   * Sets what can be set now.
   *
   * @param isMeant tells the live keys that were changed: others may have been set for the time being, and stay
   * @returns what holds only after a restart
   */
  #adopt(saved: Config | undefined, keys: readonly ConfigKey[], isMeant: (name: string) => boolean): string[] {
    const { running } = this.#options;
    if (running === undefined || saved === undefined) return [];
    const differing = () =>
      keys.filter(({ path, isLive }) => {
        if (isLive && !isMeant(path.join('.'))) return false;
        return !isDeepStrictEqual(valueAt(saved, path), valueAt(running.config(), path));
      });
    const live = differing().filter(({ isLive }) => isLive);
    try {
      if (live.length > 0)
        running.setLive(Object.fromEntries(live.map(({ path }) => [path.join('.'), jsonAt(saved, path)])));
    } catch (error) {
      // They agree with what is saved, but not yet with what is run with: after a restart they do.
      if (!(error instanceof InkError)) throw error;
    }
    return [...new Set(differing().map(({ path }) => path.join('.')))];
  }
}

function refusalOf(error: InkError | undefined): SettingsMessage['unwritable'] {
  return error === undefined ? null : { code: error.code, message: error.message, remedy: error.remedy };
}

/** Keys in the file that there are not any more when another key, such as the kind of camera, changes. */
function leftBehind(inFile: unknown, changes: Changes, keys: readonly ConfigKey[]): Changes {
  const gone = keys.filter(({ path, onlyWhere }) => {
    if (onlyWhere === undefined || valueAt(inFile, path) === undefined) return false;
    const chosen = changes[onlyWhere.path.join('.')];
    if (chosen === undefined || path.join('.') in changes) return false;
    return !keys.some((key) => isDeepStrictEqual(key.path, path) && key.onlyWhere?.value === chosen);
  });
  return Object.fromEntries(gone.map(({ path }) => [path.join('.'), null]));
}

function jsonAt(config: Config, path: readonly string[]): Json {
  return z.json().parse(valueAt(config, path) ?? null);
}
