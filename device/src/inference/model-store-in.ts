import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ModelStore } from './model-store.js';

/** The models that ship, and those installed below the folder in which a device keeps its state. */
export function modelStoreIn(state: string): ModelStore {
  return new ModelStore({ shipped: shippedModels(), installed: join(state, 'models') });
}

/** The folder of the bundles that ship with Inkcast. */
export function shippedModels(): string {
  return fileURLToPath(new URL('../../../models', import.meta.url));
}
