import { fileURLToPath } from 'node:url';

/** The folder of the bundles that ship with Inkcast. */
export function shippedModels(): string {
  return fileURLToPath(new URL('../../../models', import.meta.url));
}
