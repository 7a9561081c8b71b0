/** Settings of the cross-entropy. */
export interface LossOptions {
  /** Share of the target spread evenly over all classes, in [0, 1). Default 0. */
  readonly labelSmoothing?: number;
  /** A factor for each class; the mean is still taken over the number of pictures, as in Keras. Default: all 1. */
  readonly classWeights?: readonly number[];
}
