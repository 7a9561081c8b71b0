import { cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ModelStore, shippedModels } from '@inkcast/device/inference';
import type { TaughtModels } from '@inkcast/device/teaching';

const LABELS = [...'0123456789', 'none'];

/** Writes the shipped model under another version, as a candidate would be. */
export async function writeCandidate(folder: string, version: string): Promise<void> {
  await cp(join(shippedModels(), 'digits'), folder, { recursive: true });
  const file = join(folder, 'manifest.json');
  const manifest = JSON.parse(await readFile(file, 'utf8'));
  await writeFile(file, JSON.stringify({ ...manifest, version }));
}

/** The models of a state folder, without an engine that reads with them. */
export class DigitModels implements TaughtModels {
  readonly store: ModelStore;
  #inUse: string;

  private constructor(store: ModelStore, reference: string) {
    this.store = store;
    this.#inUse = reference;
  }

  static async open(folder: string): Promise<DigitModels> {
    const store = new ModelStore({ shipped: shippedModels(), installed: join(folder, 'models') });
    const { manifest } = await store.inUse();
    return new DigitModels(store, `${manifest.name}@${manifest.version}`);
  }

  inUse() {
    return { reference: this.#inUse, labels: LABELS };
  }

  async references(): Promise<readonly string[]> {
    return (await this.store.list()).map(({ reference }) => reference);
  }

  async folderOf(reference: string): Promise<string> {
    return (await this.store.find(reference)).folder;
  }

  install(folder: string): Promise<string> {
    return this.store.install(folder);
  }

  async use(reference: string): Promise<void> {
    this.#inUse = await this.store.use(reference);
  }

  async classify(_folder: string, crops: readonly Uint8Array[]) {
    return crops.map(() => ({ label: '7', probability: 0.9 }));
  }
}
