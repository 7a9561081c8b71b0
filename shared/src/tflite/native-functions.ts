import koffi, { type LibraryHandle } from 'koffi';
import { InkError } from '../errors/index.js';
import { isCutShort } from './is-cut-short.js';

/** An address in native memory; null is C's null pointer. */
export type Pointer = bigint | null;

/** The C functions that Inkcast calls, by their names in tensorflow/lite/c/c_api.h without the prefix `TfLite`. */
export interface NativeFunctions {
  Version(): string;
  ModelCreate(data: Pointer, size: number): Pointer;
  ModelDelete(model: Pointer): void;
  InterpreterOptionsCreate(): Pointer;
  InterpreterOptionsDelete(options: Pointer): void;
  InterpreterOptionsSetNumThreads(options: Pointer, threads: number): void;
  InterpreterOptionsAddDelegate(options: Pointer, delegate: Pointer): void;
  InterpreterOptionsSetErrorReporter(options: Pointer, reporter: Pointer, userData: Pointer): void;
  InterpreterCreate(model: Pointer, options: Pointer): Pointer;
  InterpreterDelete(interpreter: Pointer): void;
  InterpreterAllocateTensors(interpreter: Pointer): number;
  InterpreterResizeInputTensor(interpreter: Pointer, index: number, sizes: Int32Array, dimensions: number): number;
  InterpreterInvoke(interpreter: Pointer): number;
  InterpreterGetInputTensorCount(interpreter: Pointer): number;
  InterpreterGetInputTensor(interpreter: Pointer, index: number): Pointer;
  InterpreterGetOutputTensorCount(interpreter: Pointer): number;
  InterpreterGetOutputTensor(interpreter: Pointer, index: number): Pointer;
  TensorName(tensor: Pointer): string;
  TensorType(tensor: Pointer): number;
  TensorNumDims(tensor: Pointer): number;
  TensorDim(tensor: Pointer, index: number): number;
  TensorByteSize(tensor: Pointer): number;
  TensorData(tensor: Pointer): Pointer;
  TensorQuantizationParams(tensor: Pointer): { readonly scale: number; readonly zeroPoint: number };
  XNNPackDelegateCreate(options: Uint8Array): Pointer;
  XNNPackDelegateDelete(delegate: Pointer): void;
}

const POINTER = 'void *';

/** Looks the functions up. @throws InkError INK_TFLITE_LIBRARY naming the library and the missing function */
export function bindFunctions(path: string): NativeFunctions {
  const library = loadLibrary(path);
  // An anonymous struct can be declared again for another library.
  const quantization = koffi.struct({ scale: 'float', zeroPoint: 'int32_t' });
  const find = (name: keyof NativeFunctions, result: Result, ...args: string[]): ReturnType<LibraryHandle['func']> => {
    try {
      return library.func(`TfLite${name}`, result, args);
    } catch (cause) {
      throw new InkError('INK_TFLITE_LIBRARY', `${path} lacks the function TfLite${name}.`, { cause });
    }
  };
  return {
    Version: find('Version', 'str'),
    ModelCreate: find('ModelCreate', POINTER, POINTER, 'size_t'),
    ModelDelete: find('ModelDelete', 'void', POINTER),
    InterpreterOptionsCreate: find('InterpreterOptionsCreate', POINTER),
    InterpreterOptionsDelete: find('InterpreterOptionsDelete', 'void', POINTER),
    InterpreterOptionsSetNumThreads: find('InterpreterOptionsSetNumThreads', 'void', POINTER, 'int32_t'),
    InterpreterOptionsAddDelegate: find('InterpreterOptionsAddDelegate', 'void', POINTER, POINTER),
    InterpreterOptionsSetErrorReporter: find('InterpreterOptionsSetErrorReporter', 'void', POINTER, POINTER, POINTER),
    InterpreterCreate: find('InterpreterCreate', POINTER, POINTER, POINTER),
    InterpreterDelete: find('InterpreterDelete', 'void', POINTER),
    InterpreterAllocateTensors: find('InterpreterAllocateTensors', 'int', POINTER),
    InterpreterResizeInputTensor: find('InterpreterResizeInputTensor', 'int', POINTER, 'int32_t', 'int *', 'int32_t'),
    InterpreterInvoke: find('InterpreterInvoke', 'int', POINTER),
    InterpreterGetInputTensorCount: find('InterpreterGetInputTensorCount', 'int32_t', POINTER),
    InterpreterGetInputTensor: find('InterpreterGetInputTensor', POINTER, POINTER, 'int32_t'),
    InterpreterGetOutputTensorCount: find('InterpreterGetOutputTensorCount', 'int32_t', POINTER),
    InterpreterGetOutputTensor: find('InterpreterGetOutputTensor', POINTER, POINTER, 'int32_t'),
    TensorName: find('TensorName', 'str', POINTER),
    TensorType: find('TensorType', 'int', POINTER),
    TensorNumDims: find('TensorNumDims', 'int32_t', POINTER),
    TensorDim: find('TensorDim', 'int32_t', POINTER, 'int32_t'),
    TensorByteSize: find('TensorByteSize', 'size_t', POINTER),
    TensorData: find('TensorData', POINTER, POINTER),
    TensorQuantizationParams: find('TensorQuantizationParams', quantization, POINTER),
    XNNPackDelegateCreate: find('XNNPackDelegateCreate', POINTER, POINTER),
    XNNPackDelegateDelete: find('XNNPackDelegateDelete', 'void', POINTER),
  };
}

type Result = string | ReturnType<typeof koffi.struct>;

function loadLibrary(path: string): LibraryHandle {
  try {
    if (isCutShort(path)) throw new Error('the file is cut short');
    return koffi.load(path);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message.trim().replace(/\.$/, '') : String(cause);
    throw new InkError('INK_TFLITE_LIBRARY', `${path}: ${reason}.`, { cause });
  }
}
