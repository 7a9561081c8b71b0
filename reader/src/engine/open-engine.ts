import { InkError } from '@inkcast/shared/errors';
import { readTflite, type TfliteModel } from '@inkcast/shared/tflite-file';
import type { InferenceBackEnd, Runtime } from '../inference/index.js';
import { EngineModel } from './engine-model.js';
import type { Rounding } from './lowering.js';

/**
 * Inkcast's own inference: int8 models in WebAssembly with SIMD, bit for bit as TensorFlow Lite computes on x64, on
 * every machine.
 */
export class Engine implements Runtime {
  readonly #module: WebAssembly.Module;
  readonly #rounding: Rounding;
  #open = 0;

  /** Use `openEngine`. */
  constructor(module: WebAssembly.Module, rounding: Rounding) {
    this.#module = module;
    this.#rounding = rounding;
  }

  /** Number of models that are open. */
  get openModels(): number {
    return this.#open;
  }

  /** @param model as `readTflite` has checked it @throws InkError what `EngineModel` throws */
  load(model: TfliteModel): EngineModel {
    return new EngineModel(this.#module, model, this.#rounding);
  }

  open(model: Uint8Array): InferenceBackEnd {
    const loaded = this.load(readTflite(model));
    const [input, output] = [onlyOne(loaded.inputs, 'input'), onlyOne(loaded.outputs, 'output')];
    this.#open++;
    return new EngineBackEnd({ model: loaded, input, output }, () => {
      this.#open--;
    });
  }

  /** The compiled kernels are freed with the last reference to them. */
  close(): void {}
}

/** A model with its one input and one output. */
interface Loaded {
  readonly model: EngineModel;
  readonly input: Int8Array;
  readonly output: Int8Array;
}

class EngineBackEnd implements InferenceBackEnd {
  readonly name = 'inkcast';
  readonly #onClose: () => void;
  /** The only reference to the model's memory. */
  #loaded: Loaded | undefined;

  constructor(loaded: Loaded, onClose: () => void) {
    this.#loaded = loaded;
    this.#onClose = onClose;
  }

  run(values: Int8Array): Int8Array {
    if (this.#loaded === undefined) throw new InkError('INK_TFLITE_INTERPRETER', 'The model is closed.');
    const { model, input, output } = this.#loaded;
    if (values.length !== input.length) {
      const message = `The model takes ${input.length} values, not ${values.length}.`;
      throw new InkError('INK_TFLITE_INTERPRETER', message);
    }
    input.set(values);
    model.run();
    return output;
  }

  close(): void {
    if (this.#loaded === undefined) return;
    this.#loaded = undefined;
    this.#onClose();
  }
}

/**
 * @param code the bytes of `engineCode`
 * @param rounding `xnnpack` reads as the device does by default
 * @throws InkError INK_TFLITE_LIBRARY if this platform cannot run it
 */
export async function openEngine(code: Uint8Array, rounding: Rounding = 'built-in'): Promise<Engine> {
  try {
    return new Engine(await WebAssembly.compile(code), rounding);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new InkError('INK_TFLITE_LIBRARY', `Inkcast's engine cannot be loaded: ${reason}.`, { cause });
  }
}

function onlyOne(tensors: readonly Int8Array[], what: string): Int8Array {
  const [only] = tensors;
  if (tensors.length === 1 && only !== undefined) return only;
  throw new InkError('INK_TFLITE_INVALID', `The model must have one int8 ${what}, and has ${tensors.length}.`);
}
