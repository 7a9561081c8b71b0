import type { TensorType, TfliteModel } from '../tflite-file/index.js';
import type { ExternalDelegate } from './delegate.js';
import type { NativeFunctions } from './native-functions.js';
import { quietly } from './quiet.js';

/**
 * Size of TfLiteXNNPackDelegateOptions, whose header does not ship: int32 num_threads, uint32 flags, then pointers that
 * must be null. Later versions have more fields, so there is spare room.
 */
const OPTIONS_BYTES = 64;
/** Without these flags, 8-bit operators stay with the built-in kernels. */
const FLAG_SIGNED_INT8 = 1;
const FLAG_UNSIGNED_INT8 = 2;

/** The delegate for the number types of the graph. */
export function xnnpackDelegate(native: NativeFunctions, graph: TfliteModel, threads: number): ExternalDelegate {
  const options = new Uint8Array(OPTIONS_BYTES);
  const fields = new DataView(options.buffer);
  fields.setInt32(0, threads, true);
  fields.setUint32(4, flagsFor(graph), true);
  return {
    name: 'XNNPACK',
    // It prints "INFO: Created TensorFlow Lite XNNPACK delegate for CPU."
    create: () => quietly(() => native.XNNPackDelegateCreate(options)),
    free: native.XNNPackDelegateDelete,
  };
}

/**
 * Delegation can fail if a number type is requested that the graph does not have, so only existing ones are requested.
 */
function flagsFor({ tensors }: TfliteModel): number {
  const has = (type: TensorType): boolean => tensors.some((tensor) => tensor.type === type);
  return (has('int8') ? FLAG_SIGNED_INT8 : 0) | (has('uint8') ? FLAG_UNSIGNED_INT8 : 0);
}
