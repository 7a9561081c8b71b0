/** A float32 tensor, row-major. */
export interface Tensor {
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

/**
 * A network's weights by name, `layer/part`, in Keras' shapes:
 * conv2d `kernel` [kh, kw, in, out] and `bias` [out]; depthwiseConv2d `kernel` [kh, kw, channels, 1] and `bias`
 * [channels]; dense `kernel` [in, out] and `bias` [out]; batchNorm `gamma`, `beta`, `movingMean`, `movingVariance`, each
 * [channels].
 */
export type Parameters = ReadonlyMap<string, Tensor>;
