import { InkError } from '../errors/index.js';
import type { TfliteModel } from '../tflite-file/index.js';
import type { Delegate, ExternalDelegate } from './delegate.js';
import { closeAll, type Handle } from './handles.js';
import type { NativeContext } from './native-context.js';
import { readTensor, type Tensor } from './tensor.js';
import { xnnpackDelegate } from './xnnpack.js';

export interface NativeSettings {
  readonly graph: TfliteModel;
  readonly threads: number;
  readonly delegate: Delegate | ExternalDelegate;
  /** The new shape of the first input, if it is to change. */
  readonly inputShape: readonly number[] | undefined;
}

/** An interpreter in the native library, with everything that it needs until it is closed. */
export interface NativeInterpreter {
  readonly delegate: Delegate | ExternalDelegate;
  readonly inputs: readonly Tensor[];
  readonly outputs: readonly Tensor[];
  readonly isOpen: boolean;
  invoke(): void;
  close(): void;
}

const OK = 0;
const REASONS: Readonly<Record<number, string>> = {
  1: 'it failed',
  2: 'the delegate failed',
  3: 'the delegate does not fit',
  7: 'an operator is not known to it',
};

/** @throws InkError INK_TFLITE_INTERPRETER with the library's own message; nothing native is left open then */
export function openInterpreter(context: NativeContext, model: bigint, settings: NativeSettings): NativeInterpreter {
  const { native } = context;
  const own: Handle[] = [];
  try {
    const pointer = create(context, model, settings, own);
    if (settings.inputShape !== undefined) resizeInput(context, pointer, settings.inputShape);
    check(context, native.InterpreterAllocateTensors(pointer), 'its tensors were not laid out');
    let isOpen = true;
    const tensors = (count: number, get: (pointer: bigint, index: number) => bigint | null): Tensor[] =>
      Array.from({ length: count }, (_, index) => readTensor(native, get(pointer, index), () => isOpen));
    return {
      delegate: settings.delegate,
      inputs: tensors(native.InterpreterGetInputTensorCount(pointer), native.InterpreterGetInputTensor),
      outputs: tensors(native.InterpreterGetOutputTensorCount(pointer), native.InterpreterGetOutputTensor),
      get isOpen() {
        return isOpen;
      },
      invoke() {
        if (!isOpen) throw new InkError('INK_TFLITE_INTERPRETER', 'The interpreter is closed.');
        check(context, native.InterpreterInvoke(pointer), 'it was not run');
      },
      close() {
        isOpen = false;
        closeAll(own);
      },
    };
  } catch (error) {
    closeAll(own);
    throw error;
  }
}

/** @param own receives every handle at once, so that the caller can close them after an error */
function create(context: NativeContext, model: bigint, settings: NativeSettings, own: Handle[]): bigint {
  const { native, handles, reporter } = context;
  const take = (pointer: bigint | null, free: (pointer: bigint | null) => void, what: string): bigint => {
    if (pointer === null) throw refused(context, what);
    own.push(handles.own(pointer, free));
    return pointer;
  };
  reporter.take();
  const options = take(
    native.InterpreterOptionsCreate(),
    native.InterpreterOptionsDelete,
    'it could not be given options',
  );
  native.InterpreterOptionsSetNumThreads(options, settings.threads);
  native.InterpreterOptionsSetErrorReporter(options, reporter.callback, null);
  const { delegate } = settings;
  if (delegate !== 'none') {
    const { name, create, free } =
      delegate === 'xnnpack' ? xnnpackDelegate(native, settings.graph, settings.threads) : delegate;
    // TensorFlow Lite would read from a null delegate, so it must not be added.
    native.InterpreterOptionsAddDelegate(options, take(create(), free, `there is no ${name} delegate`));
  }
  return take(native.InterpreterCreate(model, options), native.InterpreterDelete, 'there is no interpreter for it');
}

function resizeInput(context: NativeContext, pointer: bigint, shape: readonly number[]): void {
  const sizes = Int32Array.from(shape);
  const status = context.native.InterpreterResizeInputTensor(pointer, 0, sizes, sizes.length);
  check(context, status, `its input cannot have the shape [${shape}]`);
}

function check(context: NativeContext, status: number, what: string): void {
  if (status !== OK) throw refused(context, `${what}, since ${REASONS[status] ?? `of its status ${status}`}`);
}

function refused({ reporter }: NativeContext, what: string): InkError {
  const message = reporter.take();
  const detail = message === '' ? '' : ` (${message.replace(/\.$/, '')})`;
  return new InkError('INK_TFLITE_INTERPRETER', `TensorFlow Lite does not run the model: ${what}${detail}.`);
}
