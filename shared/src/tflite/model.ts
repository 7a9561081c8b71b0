import koffi from 'koffi';
import { InkError } from '../errors/index.js';
import { readTflite, type TfliteModel } from '../tflite-file/index.js';
import { closeAll, type Handle } from './handles.js';
import { createInterpreter, type InterpreterOptions, type TfLiteInterpreter } from './interpreter.js';
import type { NativeContext } from './native-context.js';

/** A model in the native library. Closing it closes its interpreters. */
export class TfLiteModel {
  /** The graph of the file; its weights are views of the given bytes. */
  readonly graph: TfliteModel;
  readonly #context: NativeContext;
  readonly #handles: readonly Handle[];
  readonly #pointer: bigint;
  readonly #onClose: () => void;
  readonly #interpreters = new Set<TfLiteInterpreter>();
  #isOpen = true;

  constructor(context: NativeContext, graph: TfliteModel, handles: readonly [Handle, Handle], onClose: () => void) {
    this.graph = graph;
    this.#context = context;
    this.#handles = handles;
    this.#pointer = handles[1].pointer;
    this.#onClose = onClose;
  }

  /**
   * Makes an interpreter, which one caller may use at a time. If XNNPACK refuses the model, the interpreter runs
   * without it; see `delegate` and `delegateRefusal`.
   *
   * @throws InkError INK_TFLITE_INTERPRETER with TensorFlow Lite's own message
   */
  createInterpreter(options: InterpreterOptions = {}): TfLiteInterpreter {
    if (!this.#isOpen) throw new InkError('INK_TFLITE_INTERPRETER', 'The model is closed.');
    const interpreter = createInterpreter(this.#context, this.#pointer, this.graph, options, () => {
      this.#interpreters.delete(interpreter);
    });
    this.#interpreters.add(interpreter);
    return interpreter;
  }

  close(): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    for (const interpreter of this.#interpreters) interpreter.close();
    closeAll(this.#handles);
    this.#onClose();
  }
}

/**
 * Copies the file into native memory that lives as long as the model, because TensorFlow Lite reads the weights there.
 * Loading from a path would map the file instead, and a file that is truncated while mapped ends the process (SIGBUS).
 */
export function loadNativeModel(context: NativeContext, bytes: Uint8Array, onClose: () => void): TfLiteModel {
  const graph = readTflite(bytes);
  const { native, handles } = context;
  const address: bigint = koffi.alloc('uint8_t', bytes.length);
  const memory = handles.own(address, (pointer) => koffi.free(pointer));
  try {
    new Uint8Array(koffi.view(address, bytes.length)).set(bytes);
    const pointer = native.ModelCreate(address, bytes.length);
    if (pointer === null) throw new InkError('INK_TFLITE_INVALID', 'TensorFlow Lite refuses the model.');
    return new TfLiteModel(context, graph, [memory, handles.own(pointer, native.ModelDelete)], onClose);
  } catch (error) {
    memory.close();
    throw error;
  }
}
