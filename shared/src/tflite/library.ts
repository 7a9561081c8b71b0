import { type ErrorReporter, openErrorReporter } from './error-reporter.js';
import { Handles } from './handles.js';
import { shippedLibrary } from './library-path.js';
import { loadNativeModel, type TfLiteModel } from './model.js';
import { bindFunctions, type NativeFunctions } from './native-functions.js';

export interface LibraryOptions {
  /** Path of another libtensorflowlite_c.so. Default: the one that ships with Inkcast. */
  readonly library?: string;
}

/** The TensorFlow Lite C library. The composition root opens it once and closes it when no model is needed any more. */
export class TfLiteLibrary {
  readonly path: string;
  readonly #native: NativeFunctions;
  readonly #reporter: ErrorReporter;
  readonly #handles = new Handles();
  readonly #models = new Set<TfLiteModel>();

  /** Use `openTfLite`. */
  constructor(path: string, native: NativeFunctions, reporter: ErrorReporter) {
    this.path = path;
    this.#native = native;
    this.#reporter = reporter;
  }

  /** For example `2.9.0`. */
  get version(): string {
    return this.#native.Version();
  }

  /** Number of native objects that are still open. */
  get openHandles(): number {
    return this.#handles.open;
  }

  /**
   * Checks a .tflite file and loads a copy of it.
   *
   * @throws InkError INK_TFLITE_INVALID or INK_TFLITE_UNSUPPORTED, naming what is wrong with it
   */
  loadModel(bytes: Uint8Array): TfLiteModel {
    const context = { native: this.#native, reporter: this.#reporter, handles: this.#handles };
    const model = loadNativeModel(context, bytes, () => this.#models.delete(model));
    this.#models.add(model);
    return model;
  }

  /** Closes every model that is still open. The library itself stays in memory, because its threads may need it. */
  close(): void {
    for (const model of this.#models) model.close();
    this.#reporter.close();
  }
}

/** @throws InkError INK_TFLITE_LIBRARY if it cannot be loaded or lacks a function */
export function openTfLite(options: LibraryOptions = {}): TfLiteLibrary {
  const path = options.library ?? shippedLibrary();
  const native = bindFunctions(path);
  return new TfLiteLibrary(path, native, openErrorReporter());
}
