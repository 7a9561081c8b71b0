import { InkError } from '@inkcast/shared/errors';
import type { Delegate, Tensor, TfLiteInterpreter, TfLiteLibrary, TfLiteModel } from '@inkcast/shared/tflite';
import type { InferenceBackEnd } from './back-end.js';

export interface CpuOptions {
  /** Default 1. */
  readonly threads?: number;
  /** Default `xnnpack`, which is left out where it refuses the model. */
  readonly delegate?: Delegate;
}

/** TensorFlow Lite's C library on the processor. It owns the model and the interpreter, not the library. */
export class CpuBackEnd implements InferenceBackEnd {
  readonly name = 'cpu';
  readonly #model: TfLiteModel;
  readonly #interpreter: TfLiteInterpreter;
  readonly #input: Int8Array;
  readonly #output: Int8Array;

  /** Use `openCpuBackEnd`. */
  constructor(model: TfLiteModel, interpreter: TfLiteInterpreter) {
    this.#model = model;
    this.#interpreter = interpreter;
    this.#input = int8Data(interpreter.inputs, 'input');
    this.#output = int8Data(interpreter.outputs, 'output');
  }

  /** Why XNNPACK does not run the model, where it does not. */
  get delegateRefusal(): string | undefined {
    return this.#interpreter.delegateRefusal;
  }

  run(input: Int8Array): Int8Array {
    this.#input.set(input);
    this.#interpreter.invoke();
    return this.#output;
  }

  close(): void {
    this.#model.close();
  }
}

/**
 * Loads a model into TensorFlow Lite.
 *
 * @param model the bytes of a .tflite file with one int8 input and one int8 output
 * @throws InkError INK_TFLITE_INVALID, INK_TFLITE_UNSUPPORTED or INK_TFLITE_INTERPRETER
 */
export function openCpuBackEnd(library: TfLiteLibrary, model: Uint8Array, options: CpuOptions = {}): CpuBackEnd {
  const { threads = 1, delegate = 'xnnpack' } = options;
  const loaded = library.loadModel(model);
  try {
    return new CpuBackEnd(loaded, loaded.createInterpreter({ threads, delegate, batch: 1 }));
  } catch (error) {
    loaded.close();
    throw error;
  }
}

function int8Data(tensors: readonly Tensor[], what: string): Int8Array {
  const [tensor] = tensors;
  if (tensors.length === 1 && tensor.data instanceof Int8Array) return tensor.data;
  const types = tensors.map(({ type }) => type).join(', ');
  throw new InkError('INK_TFLITE_INVALID', `The model must have one int8 ${what}, and has: ${types || 'none'}.`);
}
