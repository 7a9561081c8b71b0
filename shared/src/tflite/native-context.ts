import type { ErrorReporter } from './error-reporter.js';
import type { Handles } from './handles.js';
import type { NativeFunctions } from './native-functions.js';

/** What a model and its interpreters need of their library. */
export interface NativeContext {
  readonly native: NativeFunctions;
  readonly reporter: ErrorReporter;
  readonly handles: Handles;
}
