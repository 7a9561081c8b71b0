/** The workers of one engine. */
export interface Pool {
  start(): Promise<void>;
  /** Ends the workers, in the middle of a run if need be. */
  stop(): Promise<void>;
  /** @throws InkError INK_ENGINE_FAILED if a worker failed, the pool is not started, or a run is active */
  assertIdle(): void;
  /**
   * Runs programs, by their numbers, one after the other.
   *
   * @throws InkError INK_ENGINE_FAILED as `assertIdle`, or where a worker fails
   */
  run(programs: readonly number[]): Promise<void>;
}
