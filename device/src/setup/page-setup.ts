import { asInkError, bodyOf } from '@inkcast/shared/errors';
import { isThere } from '@inkcast/shared/files';
import { loadConfig } from '../config/index.js';
import type { SetupAnswers, WebSetup } from '../web/index.js';
import { brokerFrom } from './broker-choice.js';
import { cameraFrom } from './camera-choice.js';
import { foundCameras } from './found-cameras.js';
import { alreadyThere, checkedName, defaultName } from './given-interview.js';
import { DEFAULT_BROKER } from './interview.js';
import { installedService } from './service.js';
import { assertWritable, completeSetup, writeSetup } from './write-setup.js';

export interface PageSetupOptions {
  /** The configuration file to be written. */
  readonly config: string;
  /** Where programs are looked for: PATH. */
  readonly searchPath: string | undefined;
  /** The state folder that systemd gave; undefined where it started somebody else or nobody. */
  readonly stateFolder?: string | undefined;
}

/** `inkcast setup` as the page asks it: the same answers, checked and written alike. */
export class PageSetup implements WebSetup {
  readonly #options: PageSetupOptions;

  constructor(options: PageSetupOptions) {
    this.#options = options;
  }

  async choices() {
    const { config, searchPath } = this.#options;
    const unwritable = await assertWritable(config).then(
      () => null,
      (error: unknown) => bodyOf(asInkError(error)),
    );
    return { cameras: await foundCameras(searchPath), name: defaultName(), broker: DEFAULT_BROKER, unwritable };
  }

  /**
   * Writes a new file, or the answers into one that names no camera yet.
   *
   * @throws InkError INK_CONFIG_EXISTS, INK_USAGE, INK_CONFIG_INVALID, INK_CONFIG_UNEDITABLE, INK_FILE_UNWRITABLE
   */
  async write({ camera, name, broker, username, password }: SetupAnswers): Promise<string> {
    const { config, stateFolder } = this.#options;
    await assertWritable(config);
    const isBegun = await isThere(config);
    if (isBegun && (await loadConfig({ file: config })).camera !== undefined) throw alreadyThere(config);
    const values = {
      name: checkedName(name),
      camera: await cameraFrom(camera),
      broker: {
        ...brokerFrom(broker),
        ...(username === undefined ? {} : { username }),
        ...(password === undefined ? {} : { password }),
      },
      ...(stateFolder === undefined ? {} : { folder: stateFolder }),
    };
    const found = await installedService();
    // Only root may write what systemd passes on.
    const service = process.getuid?.() === 0 && found?.config === config ? found : undefined;
    await (isBegun ? completeSetup : writeSetup)(config, values, service);
    return config;
  }
}
