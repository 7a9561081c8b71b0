import assert from 'node:assert/strict';
import type { TaughtModels } from '@inkcast/device/teaching';

/** One model of digits, which stays as it is. */
export const NO_MODELS: TaughtModels = {
  inUse: () => ({ reference: 'digits@2.1.0', labels: [...'0123456789', 'none'] }),
  references: async () => ['digits@2.1.0'],
  folderOf: async () => assert.fail('no model is asked for'),
  install: async () => assert.fail('no model is installed'),
  use: async () => assert.fail('no other model is used'),
  classify: async () => assert.fail('nothing is classified'),
};
