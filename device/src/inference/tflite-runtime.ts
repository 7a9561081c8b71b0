import type { Runtime } from '@inkcast/reader/inference';
import type { TfLiteLibrary } from '@inkcast/shared/tflite';

/** A build of TensorFlow Lite, or Inkcast's own engine. One file per build. */
export interface TfLiteRuntime extends Runtime {
  /** The native library; undefined for WebAssembly. */
  readonly library: TfLiteLibrary | undefined;
}
