/** Adds `bias` to every pixel (or picture) of `output`. */
export function addBias(output: Float64Array, bias: Float32Array): void {
  for (let index = 0; index < output.length; index++) output[index] += bias[index % bias.length];
}

/** Sums `gradient` over all pixels (or pictures) into `byBias`, where that is wanted. */
export function addBiasGradient(byBias: Float64Array | undefined, gradient: Float64Array): void {
  if (byBias === undefined) return;
  for (let index = 0; index < gradient.length; index++) byBias[index % byBias.length] += gradient[index];
}
