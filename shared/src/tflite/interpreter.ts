import { InkError } from '../errors/index.js';
import type { TfliteModel } from '../tflite-file/index.js';
import type { Delegate, ExternalDelegate } from './delegate.js';
import type { NativeContext } from './native-context.js';
import { type NativeInterpreter, openInterpreter } from './native-interpreter.js';
import type { Tensor } from './tensor.js';
import { xnnpackFault } from './xnnpack-faults.js';

export interface InterpreterOptions {
  /**
   * Default 1: several threads would wait for each other on a busy machine, and a digit takes a fraction of a
   * millisecond.
   */
  readonly threads?: number;
  /** Default `none`. */
  readonly delegate?: Delegate | ExternalDelegate;
  /** Pictures per call, for models with a variable batch. Default: as in the file. */
  readonly batch?: number;
}

/** Runs a model. Tensors are views of native memory, and their content must not be used after `close`. */
export class TfLiteInterpreter {
  readonly threads: number;
  /** Why XNNPACK does not run the model although it was requested. */
  readonly delegateRefusal: string | undefined;
  readonly #native: NativeInterpreter;
  readonly #onClose: () => void;

  /** Use `TfLiteModel.createInterpreter`. */
  constructor(native: NativeInterpreter, threads: number, refusal: string | undefined, onClose: () => void) {
    this.threads = threads;
    this.delegateRefusal = refusal;
    this.#native = native;
    this.#onClose = onClose;
  }

  get inputs(): readonly Tensor[] {
    return this.#native.inputs;
  }

  get outputs(): readonly Tensor[] {
    return this.#native.outputs;
  }

  /** The delegate that really runs the model. */
  get delegate(): Delegate | ExternalDelegate {
    return this.#native.delegate;
  }

  /** Computes the outputs from the inputs. @throws InkError INK_TFLITE_INTERPRETER */
  invoke(): void {
    this.#native.invoke();
  }

  close(): void {
    if (!this.#native.isOpen) return;
    this.#native.close();
    this.#onClose();
  }
}

/** See `TfLiteModel.createInterpreter`. */
export function createInterpreter(
  context: NativeContext,
  model: bigint,
  graph: TfliteModel,
  { threads = 1, delegate = 'none', batch }: InterpreterOptions,
  onClose: () => void,
): TfLiteInterpreter {
  if (!Number.isInteger(threads) || threads < 1) {
    throw new InkError('INK_TFLITE_INTERPRETER', `A model cannot run on ${threads} threads.`);
  }
  const settings = { graph, threads, inputShape: batch === undefined ? undefined : batchShape(graph, batch) };
  const withoutDelegate = (refusal: string): TfLiteInterpreter => {
    const native = openInterpreter(context, model, { ...settings, delegate: 'none' });
    return new TfLiteInterpreter(native, threads, refusal, onClose);
  };
  const withDelegate = (): TfLiteInterpreter =>
    new TfLiteInterpreter(openInterpreter(context, model, { ...settings, delegate }), threads, undefined, onClose);
  if (delegate !== 'xnnpack') return withDelegate();
  const fault = xnnpackFault(graph);
  if (fault !== undefined) return withoutDelegate(fault);
  try {
    return withDelegate();
  } catch (error) {
    if (!(error instanceof InkError)) throw error;
    return withoutDelegate(error.message);
  }
}

function batchShape(graph: TfliteModel, batch: number): readonly number[] {
  const { name, shape, shapeSignature = shape } = graph.tensors[graph.inputs[0]];
  if (shape[0] !== batch && (shapeSignature[0] !== -1 || !Number.isInteger(batch) || batch < 1)) {
    throw new InkError('INK_TFLITE_INTERPRETER', `The input "${name}" does not take a batch of ${batch}.`);
  }
  return [batch, ...shape.slice(1)];
}
