/** Pictures. The engine has copied them when the call returns its promise. */
interface Pictures {
  /** `count` pictures, NHWC, row-major. */
  readonly images: Float32Array;
  readonly count: number;
}

/** Pictures with their classes, for the cross-entropy. */
export interface LabelledBatch extends Pictures {
  /** The class of each picture, 0 up to the network's last output. */
  readonly labels: ArrayLike<number>;
}

/** Pictures with their classes and soft labels, for the cross-entropy with `distillation`. */
export interface DistilledBatch extends LabelledBatch {
  /**
   * `count` x classes: the probabilities that a teacher gives each class, not yet at the temperature of the
   * loss. Those of one picture are not negative, and their sum is 1.
   */
  readonly softLabels: Float32Array;
}

/** Pictures with a target for each cell of the network's output map, for the loss `spots`. */
export interface TargetBatch extends Pictures {
  /**
   * `count` x height x width x (classes + 6), of the output map's height and width: of each cell the heat of each class
   * in [0, 1], the heat's weight (0: ignore it, unless it is 1), the box's four values, the box's weight (0: no box).
   */
  readonly targets: Float32Array;
}

/** A batch of the kind that the engine's loss needs. */
export type Batch = LabelledBatch | DistilledBatch | TargetBatch;
