import type { InferenceBackEnd, Runtime } from '@inkcast/reader/inference';
import type { InkError } from '@inkcast/shared/errors';
import { CoralOrFallback } from './coral-or-fallback.js';
import { type BackEndSettings, openRuntime } from './open-runtime.js';

/** A model to run: a bundle (its classifier) or one of its spotters. */
export interface RunnableModel {
  /** The bytes of a .tflite file with one int8 input and one int8 output. */
  readonly model: Uint8Array;
  /** The same model compiled for the Edge TPU. */
  readonly edgeTpuModel?: Uint8Array | undefined;
}

/**
 * Opens a back end for a model. The back end owns everything that was opened for it.
 *
 * @throws InkError what the chosen back end throws; `coral` falls back to the processor instead
 */
export async function openBackEnd(
  { model, edgeTpuModel }: RunnableModel,
  settings: BackEndSettings,
): Promise<InferenceBackEnd> {
  const runtime = await openRuntime(settings);
  try {
    const plain = runtime.open(model);
    if (settings.choice !== 'coral' || runtime.library === undefined) return new WithRuntime(plain, runtime);
    const coral = new CoralOrFallback(runtime.library, edgeTpuModel, plain, settings.coral);
    await coral.start();
    return new WithRuntime(coral, runtime);
  } catch (error) {
    runtime.close();
    throw error;
  }
}

/** A back end that closes its runtime when it is closed. */
class WithRuntime implements InferenceBackEnd {
  readonly #backEnd: InferenceBackEnd;
  readonly #runtime: Runtime;

  constructor(backEnd: InferenceBackEnd, runtime: Runtime) {
    this.#backEnd = backEnd;
    this.#runtime = runtime;
  }

  get name(): InferenceBackEnd['name'] {
    return this.#backEnd.name;
  }

  get refusal(): InkError | undefined {
    return this.#backEnd.refusal;
  }

  run(input: Int8Array): Int8Array {
    return this.#backEnd.run(input);
  }

  close(): void {
    this.#backEnd.close();
    this.#runtime.close();
  }
}
