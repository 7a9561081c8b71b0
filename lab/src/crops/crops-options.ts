/** The options for the training crops. */
export interface CropsOptions {
  /** Number of rendered frames. */
  readonly frames: number;
  readonly seed: number;
  /** Number of threads. With another number, the same seed gives other crops. */
  readonly jobs: number;
  /** A folder of photographs without digits; undefined for rendered frames only. */
  readonly negatives: string | undefined;
  /** Number of frames that each thread cuts from each photograph. */
  readonly cuts: number;
  /** Folders of bundles. A crop is left out if all of their models contradict its label. */
  readonly check: readonly string[];
}
