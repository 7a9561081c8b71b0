import type { Pointer } from './native-functions.js';

/** `xnnpack`: Google's optimised kernels; `none`: TensorFlow Lite's built-in ones. */
export type Delegate = 'xnnpack' | 'none';

/** A delegate out of another library, such as an accelerator's. An interpreter that is given one runs with it or not at all. */
export interface ExternalDelegate {
  /** What messages call it. */
  readonly name: string;
  /** The address of a new TfLiteDelegate; null where the library makes none. */
  create(): Pointer;
  /** Called once for each delegate that was created, after the interpreter is deleted. */
  free(delegate: Pointer): void;
}
