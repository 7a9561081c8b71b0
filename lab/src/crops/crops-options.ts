/** Which crops to learn from are made, and of what. */
export interface CropsOptions {
  /** Rendered frames. */
  readonly frames: number;
  readonly seed: number;
  /** Threads; the same seed gives other crops for another number of them. */
  readonly jobs: number;
  /** A folder of photographs that hold no digit; undefined: rendered frames alone. */
  readonly negatives: string | undefined;
  /** Frames cut from each photograph by each thread. */
  readonly cuts: number;
  /** Folders of bundles: a crop whose label all of their models contradict is left out. */
  readonly check: readonly string[];
}
