import { openClassifier } from '@inkcast/reader/inference';
import { openBundle } from '@inkcast/shared/bundle';
import type { Guess } from '@inkcast/shared/teaching';
import { type ModelStore, openBackEnd } from '../inference/index.js';
import type { TaughtModels } from '../teaching/index.js';
import type { DaemonControl } from './daemon-control.js';
import type { EngineSlot } from './engine-slot.js';

export interface DeviceModelsParts {
  readonly engine: EngineSlot;
  readonly store: ModelStore;
  readonly control: Pick<DaemonControl, 'installModel' | 'useModel'>;
  /** The one that the daemon started with, which need not be in the store. Its bytes are not kept. */
  readonly first: { readonly reference: string; readonly folder: string };
}

/** The models of the running daemon, as teaching uses them. */
export class DeviceModels implements TaughtModels {
  readonly #parts: DeviceModelsParts;

  constructor(parts: DeviceModelsParts) {
    this.#parts = parts;
  }

  inUse() {
    const { model, labels } = this.#parts.engine;
    return { reference: model, labels };
  }

  async references(): Promise<readonly string[]> {
    return (await this.#parts.store.list()).map(({ reference }) => reference);
  }

  async folderOf(reference: string): Promise<string> {
    const { first, store } = this.#parts;
    return reference === first.reference ? first.folder : (await store.find(reference)).folder;
  }

  install(folder: string): Promise<string> {
    return this.#parts.control.installModel(folder);
  }

  use(reference: string): Promise<void> {
    return this.#parts.control.useModel(reference);
  }

  async classify(folder: string, crops: readonly Uint8Array[]): Promise<readonly Guess[]> {
    const bundle = await openBundle(folder);
    const classifier = openClassifier(bundle, await openBackEnd(bundle, { choice: 'auto' }));
    try {
      return classifier
        .classify(crops)
        .map(({ label, confidence }) => ({ label, probability: Math.min(1, confidence) }));
    } finally {
      classifier.close();
    }
  }
}
