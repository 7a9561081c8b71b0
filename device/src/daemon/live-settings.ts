import { isDeepStrictEqual } from 'node:util';
import type { Logger } from 'pino';
import { type Config, changeLive } from '../config/index.js';
import type { SteadyReader } from '../reading/index.js';
import type { ConfigValues } from '../requests/index.js';

export interface AdjustedParts {
  readonly log: Pick<Logger, 'level' | 'warn'>;
  readonly reader: Pick<SteadyReader, 'adjust' | 'lookAnew'>;
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

  /** Sets live keys, all or none, until the daemon ends. @throws InkError INK_CONFIG_INVALID naming the key */
  set(values: ConfigValues): void {
    const before = this.#current;
    const parts = this.#parts;
    this.#current = changeLive(before, values, (warning) => parts.log.warn({ part: 'config' }, warning));
    const { log, reading, vision } = this.#current;
    parts.log.level = log.level;
    parts.reader.adjust(reading);
    if (!isDeepStrictEqual(vision, before.vision)) parts.reader.lookAnew();
  }
}
