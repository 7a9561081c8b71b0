import type { InferenceBackEnd } from '@inkcast/reader/inference';
import { asInkError, InkError } from '@inkcast/shared/errors';
import type { TfLiteLibrary } from '@inkcast/shared/tflite';
import { openCoralBackEnd } from './coral-back-end.js';
import { presentCorals } from './coral-devices.js';
import { tryCoral } from './coral-trial.js';
import { EDGE_TPU_LIBRARY, openEdgeTpuLibrary } from './edge-tpu-library.js';

export interface CoralOptions {
  /** Name or path of libedgetpu. Default: Debian's. */
  readonly edgeTpu?: string | undefined;
  /** Milliseconds between checks whether a stick was plugged in or out; default 5000. */
  readonly watchMs?: number;
  /** Where the system's folders are; default `/`. */
  readonly root?: string;
  /** Called once with the reason whenever the accelerator stops being used, and once when it is used again. */
  readonly onChange?: (refusal: InkError | undefined) => void;
}

/**
 * Uses the Coral accelerator while it works, and another back end while it does not. It owns both, but not the library.
 * An accelerator that is plugged in later is tried then.
 */
export class CoralOrFallback implements InferenceBackEnd {
  readonly #library: TfLiteLibrary;
  readonly #model: Uint8Array | undefined;
  readonly #fallback: InferenceBackEnd;
  readonly #options: CoralOptions;
  readonly #closing = new AbortController();
  #coral: InferenceBackEnd | undefined;
  #refusal: InkError | undefined;
  #present = '';
  #timer: NodeJS.Timeout | undefined;

  /** @param model the bundle's model_edgetpu.tflite, if it has one */
  constructor(
    library: TfLiteLibrary,
    model: Uint8Array | undefined,
    fallback: InferenceBackEnd,
    options: CoralOptions = {},
  ) {
    this.#library = library;
    this.#model = model;
    this.#fallback = fallback;
    this.#options = options;
  }

  get name(): InferenceBackEnd['name'] {
    return this.#coral?.name ?? this.#fallback.name;
  }

  get refusal(): InkError | undefined {
    return this.#refusal;
  }

  /**
   * Tries the accelerator. When this resolves, either the accelerator or the fallback runs. Then starts to watch for
   * changes.
   */
  async start(): Promise<void> {
    this.#present = await this.#look();
    await this.#attempt();
    this.#watch();
  }

  run(input: Int8Array): Int8Array {
    if (this.#coral !== undefined) {
      try {
        return this.#coral.run(input);
      } catch (error) {
        const { message } = asInkError(error);
        const reason = `The Coral accelerator failed: ${message}`;
        this.#leave(new InkError('INK_CORAL_FAILED', reason, { cause: error }));
      }
    }
    return this.#fallback.run(input);
  }

  close(): void {
    this.#closing.abort();
    clearTimeout(this.#timer);
    this.#coral?.close();
    this.#coral = undefined;
    this.#fallback.close();
  }

  async #attempt(): Promise<void> {
    const { edgeTpu = EDGE_TPU_LIBRARY } = this.#options;
    const model = this.#model;
    try {
      if (model === undefined) throw new InkError('INK_CORAL_FAILED', 'The model bundle has none for the Edge TPU.');
      await tryCoral({ model, edgeTpu, tflite: this.#library.path }, this.#closing.signal);
      if (this.#closing.signal.aborted) return;
      this.#coral = openCoralBackEnd(this.#library, openEdgeTpuLibrary(edgeTpu), model);
      const isBack = this.#refusal !== undefined;
      this.#refusal = undefined;
      if (isBack) this.#options.onChange?.(undefined);
    } catch (error) {
      if (!this.#closing.signal.aborted) this.#refuse(asInkError(error));
    }
  }

  #watch(): void {
    if (this.#closing.signal.aborted) return;
    this.#timer = setTimeout(() => void this.#check().finally(() => this.#watch()), this.#options.watchMs ?? 5000);
    this.#timer.unref();
  }

  /** Tries again only when something has changed, so that a broken stick is not tried for ever. */
  async #check(): Promise<void> {
    const present = await this.#look();
    if (present === this.#present || this.#closing.signal.aborted) return;
    this.#present = present;
    if (this.#coral === undefined) {
      if (present !== '') await this.#attempt();
    } else if (present === '') {
      this.#leave(new InkError('INK_CORAL_FAILED', 'The Coral accelerator was unplugged.'));
    }
  }

  async #look(): Promise<string> {
    return (await presentCorals(this.#options.root ?? '/')).join('; ');
  }

  #leave(reason: InkError): void {
    this.#coral?.close();
    this.#coral = undefined;
    // A stick that is still plugged in, or was plugged in again, counts as new.
    this.#present = '';
    this.#refuse(reason);
  }

  /** One warning for each reason, however often it occurs. */
  #refuse(reason: InkError): void {
    const isNew = this.#refusal?.message !== reason.message;
    this.#refusal = reason;
    if (isNew) this.#options.onChange?.(reason);
  }
}
