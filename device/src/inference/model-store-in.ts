import { join } from 'node:path';
import { ModelStore } from './model-store.js';
import { shippedModels } from './shipped-models.js';

/** The models that ship, and those installed below the folder in which a device keeps its state. */
export function modelStoreIn(state: string): ModelStore {
  return new ModelStore({ shipped: shippedModels(), installed: join(state, 'models') });
}
