import { isThere } from '@inkcast/shared/files';
import type { SetupAnswers, WebSetup } from '../web/index.js';
import { brokerFrom } from './broker-choice.js';
import { cameraFrom } from './camera-choice.js';
import { foundCameras } from './found-cameras.js';
import { alreadyThere, checkedName, defaultName } from './given-interview.js';
import { DEFAULT_BROKER } from './interview.js';
import { installedService } from './service.js';
import { assertWritable, writeSetup } from './write-setup.js';

export interface PageSetupOptions {
  /** The configuration file to be written. */
  readonly config: string;
  /** Where programs are looked for: PATH. */
  readonly searchPath: string | undefined;
}

/** `inkcast setup` as the page asks it: the same answers, checked and written alike. */
export class PageSetup implements WebSetup {
  readonly #options: PageSetupOptions;

  constructor(options: PageSetupOptions) {
    this.#options = options;
  }

  async choices() {
    return { cameras: await foundCameras(this.#options.searchPath), name: defaultName(), broker: DEFAULT_BROKER };
  }

  /** @throws InkError INK_CONFIG_EXISTS, INK_USAGE, INK_CONFIG_INVALID, INK_FILE_UNWRITABLE */
  async write({ camera, name, broker, username, password }: SetupAnswers): Promise<string> {
    const { config } = this.#options;
    await assertWritable(config);
    if (await isThere(config)) throw alreadyThere(config);
    const values = {
      name: checkedName(name),
      camera: await cameraFrom(camera),
      broker: {
        ...brokerFrom(broker),
        ...(username === undefined ? {} : { username }),
        ...(password === undefined ? {} : { password }),
      },
    };
    const found = await installedService();
    await writeSetup(config, values, found?.config === config ? found : undefined);
    return config;
  }
}
