import type { TfliteModel } from '@inkcast/shared/tflite-file';

/** A network in float and in int8. Tensors with the same name contain the same values. */
export interface QuantizedNetwork {
  readonly float: TfliteModel;
  readonly quantized: TfliteModel;
}
