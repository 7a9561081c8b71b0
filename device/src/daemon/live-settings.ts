import { isDeepStrictEqual } from 'node:util';
import type { Logger } from 'pino';
import { type Config, changeLive } from '../config/index.js';
import type { RegionSet } from '../regions/index.js';
import type { ConfigValues } from '../requests/index.js';
import { areasOf, regionSettingsOf } from './region-settings.js';

export interface AdjustedParts {
  readonly log: Pick<Logger, 'level' | 'warn'>;
  readonly regions: Pick<RegionSet, 'adjust'>;
  /** Refuses what does not go with the model. @throws InkError INK_DIGITS_NEEDED */
  readonly check: (config: Config) => void;
  /** Told when something of named regions has changed. */
  readonly onRegions: () => void;
  /** Told when other parts of the frame are read. */
  readonly onAreas: () => void;
}

/**
 * The configuration that holds now. The schema marks the keys that may change while the daemon runs; here their new
 * values reach the parts that do not ask for them each time.
 */
export class LiveSettings {
  readonly #parts: AdjustedParts;
  #current: Config;

  /** @param config what the parts were made with */
  constructor(config: Config, parts: AdjustedParts) {
    this.#current = config;
    this.#parts = parts;
  }

  get current(): Config {
    return this.#current;
  }

  /** Sets live keys, all or none, until the daemon ends. @throws InkError INK_CONFIG_INVALID naming the key; INK_DIGITS_NEEDED */
  set(values: ConfigValues): void {
    const parts = this.#parts;
    const before = this.#current;
    const changed = changeLive(before, values, (warning) => parts.log.warn({ part: 'config' }, warning));
    parts.check(changed);
    this.#current = changed;
    parts.log.level = this.#current.log.level;
    parts.regions.adjust(regionSettingsOf(this.#current));
    if (!isDeepStrictEqual(this.#current.vision.regions, before.vision.regions)) parts.onRegions();
    if (!isDeepStrictEqual(areasOf(this.#current), areasOf(before))) parts.onAreas();
  }
}
