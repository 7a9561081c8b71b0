import { asInkError, type InkError } from '@inkcast/shared/errors';

export interface PictureOnChangeOptions {
  /** Asked at each change, since both may be set while the daemon runs. */
  readonly settings: () => { readonly onChange: boolean; readonly minIntervalSeconds: number };
  /** Publishes the newest frame with its boxes. */
  readonly publish: () => Promise<void>;
  /** Told each time that this fails. */
  readonly onProblem: (problem: InkError) => void;
}

/** Publishes a picture when the reading has changed, but not too often: of several changes the last one is shown. */
export class PictureOnChange {
  readonly #options: PictureOnChangeOptions;
  #publishedAt = Number.NEGATIVE_INFINITY;
  #timer: NodeJS.Timeout | undefined;
  #problem: InkError | undefined;

  constructor(options: PictureOnChangeOptions) {
    this.#options = options;
  }

  /** Why the last picture could not be published. */
  get problem(): InkError | undefined {
    return this.#problem;
  }

  /** To be told each change. */
  changed(): void {
    const { onChange, minIntervalSeconds } = this.#options.settings();
    if (!onChange || this.#timer !== undefined) return;
    const wait = this.#publishedAt + minIntervalSeconds * 1000 - performance.now();
    this.#timer = setTimeout(() => this.#publish(), Math.max(0, wait));
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  #publish(): void {
    this.#timer = undefined;
    if (!this.#options.settings().onChange) return;
    this.#publishedAt = performance.now();
    this.#options.publish().then(
      () => {
        this.#problem = undefined;
      },
      (error: unknown) => {
        this.#problem = asInkError(error);
        this.#options.onProblem(this.#problem);
      },
    );
  }
}
