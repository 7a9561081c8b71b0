import type { Argument, Buffer } from './program.js';

/** How a convolution is computed; each method emits the calls for its four parts. */
export interface ConvolutionMethod {
  /** The output map, with bias, and ReLU where `relu` is set. */
  forward(input: Buffer, output: Buffer, bias: Argument, relu: boolean): void;
  /** The map after bias, ReLU and a 2x2 max pool, with a byte for each output that says where it came from. */
  forwardPooled(input: Buffer, output: Buffer, places: Buffer, bias: Argument): void;
  /** Adds a shard's share to the kernel's gradient. `slopes` is a map of `slopeRows` x `slopeColumns`. */
  kernelGradient(input: Buffer, slopes: Buffer, gradient: Buffer): void;
  inputGradient(slopes: Buffer, to: Buffer): void;
}
