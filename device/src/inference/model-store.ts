import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type Bundle, checkGraphs, MANIFEST_FILE, openBundle } from '@inkcast/shared/bundle';
import { asInkError, InkError } from '@inkcast/shared/errors';
import { readWholeFile, recoverFolder, replaceFile, replaceFolder } from '@inkcast/shared/files';

export interface ModelStoreOptions {
  /** Folder of the bundles that ship with Inkcast, one folder per bundle. */
  readonly shipped: string;
  /** Folder for installed bundles; it need not exist. */
  readonly installed: string;
}

/** One bundle of the store. */
export interface StoredModel {
  /** `name@version`, or the folder's name if the bundle cannot be opened. */
  readonly reference: string;
  readonly folder: string;
  readonly origin: 'shipped' | 'installed';
  readonly isInUse: boolean;
  /** The bundle, or the reason why it is refused. */
  readonly content: Bundle | InkError;
}

/** Name of the shipped bundle that is used by default. */
const DEFAULT_NAME = 'digits';
/** The file that holds the reference of the chosen bundle. */
const CHOICE_FILE = 'in-use';

/** `name@version`, the name of a model in topics, logs and commands. */
export function referenceOf({ manifest }: Bundle): string {
  return `${manifest.name}@${manifest.version}`;
}

/** Opens a bundle and checks that its models match its manifest. @throws InkError naming what does not match */
export async function openCheckedBundle(folder: string): Promise<Bundle> {
  const bundle = await openBundle(folder);
  checkGraphs(bundle);
  return bundle;
}

/**
 * Opens the default bundle. @param shipped folder of the bundles that ship @throws InkError naming what is wrong with
 * it
 */
export function openDefaultBundle(shipped: string): Promise<Bundle> {
  return openCheckedBundle(join(shipped, DEFAULT_NAME));
}

/** The model bundles of a device: those that ship, those that were installed, and the choice of the one in use. */
export class ModelStore {
  readonly #options: ModelStoreOptions;

  constructor(options: ModelStoreOptions) {
    this.#options = options;
  }

  /** Shipped bundles first, each group sorted by name. */
  async list(): Promise<StoredModel[]> {
    const choice = await this.#choice();
    const { shipped, installed } = this.#options;
    const models = [...(await openAll(shipped, 'shipped')), ...(await openAll(installed, 'installed'))];
    return models.map((model) => ({
      ...model,
      isInUse: choice === undefined ? isDefault(model) : model.reference === choice,
    }));
  }

  /** The bundle in use, checked. @throws InkError naming it if it is missing or refused */
  async inUse(): Promise<Bundle> {
    const choice = await this.#choice();
    if (choice === undefined) return openDefaultBundle(this.#options.shipped);
    await recoverFolder(join(this.#options.installed, choice));
    return this.find(choice);
  }

  /**
   * @param reference `name@version`, or only the name if the store has one version of it
   * @throws InkError INK_BUNDLE_MISSING, or what is wrong with the bundle
   */
  async find(reference: string): Promise<Bundle> {
    const models = await this.list();
    const exact = models.filter((model) => model.reference === reference);
    const named = models.filter((model) => model.reference.split('@')[0] === reference);
    const found = exact.length > 0 ? exact.slice(-1) : named;
    if (found.length === 0) {
      throw new InkError('INK_BUNDLE_MISSING', `No model bundle ${reference} is installed.`, {
        remedy: 'Run inkcast model list, or install it.',
      });
    }
    if (found.length > 1) {
      const versions = found.map((model) => model.reference).join(', ');
      throw new InkError('INK_BUNDLE_MISSING', `${reference} could be any of ${versions}.`, {
        remedy: 'Name one with its version.',
      });
    }
    const [{ content }] = found;
    if (content instanceof InkError) throw content;
    return content;
  }

  /**
   * Checks a bundle and copies it into the store. It replaces a bundle of the same name and version.
   *
   * @returns its reference
   * @throws InkError what is wrong with it; the store is then unchanged
   */
  async install(folder: string): Promise<string> {
    const bundle = await openCheckedBundle(folder);
    const reference = referenceOf(bundle);
    const manifest = `${JSON.stringify(bundle.manifest, null, 2)}\n`;
    const files = new Map<string, string | Uint8Array>([...bundle.files, [MANIFEST_FILE, manifest]]);
    await replaceFolder(join(this.#options.installed, reference), files, async (fresh) => {
      await openCheckedBundle(fresh);
    });
    return reference;
  }

  /** Chooses the bundle that is used from the next start on. @returns its reference @throws InkError as `find` does */
  async use(reference: string): Promise<string> {
    const chosen = referenceOf(await this.find(reference));
    await replaceFile(join(this.#options.installed, CHOICE_FILE), `${chosen}\n`);
    return chosen;
  }

  async #choice(): Promise<string | undefined> {
    const text = await readWholeFile(join(this.#options.installed, CHOICE_FILE)).catch(() => undefined);
    return text?.toString('utf8').trim() || undefined;
  }
}

function isDefault({ reference, origin }: Omit<StoredModel, 'isInUse'>): boolean {
  return origin === 'shipped' && reference.split('@')[0] === DEFAULT_NAME;
}

async function openAll(folder: string, origin: StoredModel['origin']): Promise<Omit<StoredModel, 'isInUse'>[]> {
  // A store without bundles has no folder yet.
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const names = entries.filter((entry) => entry.isDirectory() && !entry.name.startsWith('.')).map(({ name }) => name);
  return Promise.all(
    names.sort().map(async (name) => {
      const path = join(folder, name);
      const content = await openCheckedBundle(path).catch(asInkError);
      const reference = content instanceof InkError ? name : referenceOf(content);
      return { reference, folder: path, origin, content };
    }),
  );
}
