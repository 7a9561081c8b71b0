import type { ErrorReporter } from './error-reporter.js';
import type { Handles } from './handles.js';
import type { NativeFunctions } from './native-functions.js';

/** The parts of the library that a model and its interpreters need. */
export interface NativeContext {
  readonly native: NativeFunctions;
  readonly reporter: ErrorReporter;
  readonly handles: Handles;
}
