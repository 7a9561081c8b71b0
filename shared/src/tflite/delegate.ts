import type { Pointer } from './native-functions.js';

/** `xnnpack`: Google's optimised kernels; `none`: TensorFlow Lite's built-in ones. */
export type Delegate = 'xnnpack' | 'none';

/**
 * A delegate from another library, such as an accelerator's. An interpreter with an external delegate runs with it or
 * not at all.
 */
export interface ExternalDelegate {
  /** The delegate's name in messages. */
  readonly name: string;
  /** The address of a new TfLiteDelegate; null if the library cannot make one. */
  create(): Pointer;
  /** Called once for each delegate, after its interpreter is deleted. */
  free(delegate: Pointer): void;
}
