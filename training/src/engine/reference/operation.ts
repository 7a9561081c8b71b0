/** One run over a batch, as the operations see it. */
export interface Pass {
  /** Pictures in the batch. */
  readonly count: number;
  /** Dropout drops and batch normalisations use the batch's statistics only while training. */
  readonly training: boolean;
  readonly seed: number;
  readonly step: number;
  /** The values of `layer/part`. */
  parameter(name: string): Float32Array;
  /** Where the gradient of `layer/part` is summed up; undefined where it is not wanted. */
  gradient(name: string): Float64Array | undefined;
  /** Notes the next value of a moving statistic; it takes effect when the step does. */
  observe(name: string, values: Float64Array): void;
}

/**
 * A layer's arithmetic, without state: what backward needs it computes again from inputs and output. Tensors hold
 * `count` pictures, NHWC, in double precision.
 */
export interface Operation {
  forward(pass: Pass, inputs: readonly Float64Array[]): Float64Array;
  /** The gradient by each input, from the gradient by the output; adds those by the parameters to the pass. */
  backward(
    pass: Pass,
    inputs: readonly Float64Array[],
    output: Float64Array,
    gradient: Float64Array,
  ): readonly Float64Array[];
}
