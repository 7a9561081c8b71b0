import type { InferenceBackEnd } from '@inkcast/reader/inference';
import { InkError } from '@inkcast/shared/errors';
import type { Tensor, TfLiteInterpreter, TfLiteModel } from '@inkcast/shared/tflite';

/** An interpreter of TensorFlow Lite's C library. It owns the model and the interpreter, but not the library. */
export class InterpreterBackEnd implements InferenceBackEnd {
  readonly name: 'cpu' | 'coral';
  readonly #model: TfLiteModel;
  readonly #interpreter: TfLiteInterpreter;
  readonly #input: Int8Array;
  readonly #output: Int8Array;

  /** Use `openCpuBackEnd` or `openCoralBackEnd`. */
  constructor(name: 'cpu' | 'coral', model: TfLiteModel, interpreter: TfLiteInterpreter) {
    this.name = name;
    this.#model = model;
    this.#interpreter = interpreter;
    this.#input = int8Data(interpreter.inputs, 'input');
    this.#output = int8Data(interpreter.outputs, 'output');
  }

  /** Why XNNPACK does not run the model; undefined if it does. */
  get delegateRefusal(): string | undefined {
    return this.#interpreter.delegateRefusal;
  }

  /** Number of values that `run` takes. */
  get inputSize(): number {
    return this.#input.length;
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

function int8Data(tensors: readonly Tensor[], what: string): Int8Array {
  const [tensor] = tensors;
  if (tensors.length === 1 && tensor.data instanceof Int8Array) return tensor.data;
  const types = tensors.map(({ type }) => type).join(', ');
  throw new InkError('INK_TFLITE_INVALID', `The model must have one int8 ${what}, and has: ${types || 'none'}.`);
}
