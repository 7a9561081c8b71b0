import type { Manifest } from '@inkcast/shared/bundle/content';
import { InkError } from '@inkcast/shared/errors';
import type { TfliteModel } from '@inkcast/shared/tflite-file';

/** The manifest's description of an input or output. @throws InkError INK_QUANTIZE_FAILED if it is not quantized */
export function describeTensor(graph: TfliteModel, index: number): Manifest['output'] {
  const { name, shape, type, quantization } = graph.tensors[index];
  if ((type !== 'int8' && type !== 'uint8') || quantization === undefined) {
    throw new InkError('INK_QUANTIZE_FAILED', `The tensor "${name}" is ${type} and not quantized.`);
  }
  return { shape: [...shape], dtype: type, scale: quantization.scales[0], zeroPoint: quantization.zeroPoints[0] };
}
