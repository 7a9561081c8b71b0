import { InkError } from '../errors/index.js';
import { readTflite, type TfliteModel } from '../tflite-file/index.js';
import { type Bundle, MODEL_FILE } from './bundle.js';

/**
 * The graph of a bundle's model, whose input and output are those that the manifest describes.
 *
 * @throws InkError INK_TFLITE_INVALID or INK_TFLITE_UNSUPPORTED where the file is no usable model, INK_BUNDLE_INVALID
 * where it is another one than the manifest says
 */
export function bundleGraph({ folder, manifest, model }: Bundle): TfliteModel {
  const graph = readTflite(model);
  for (const end of ['input', 'output'] as const) {
    const tensors = end === 'input' ? graph.inputs : graph.outputs;
    const { shape, type, quantization } = graph.tensors[tensors[0]];
    const expected = manifest[end];
    const found = {
      shape: shape.join('x'),
      dtype: type,
      scale: quantization?.scales[0] ?? 0,
      zeroPoint: quantization?.zeroPoints[0] ?? 0,
    };
    const said = { ...found, ...expected, shape: expected.shape.join('x'), scale: Math.fround(expected.scale) };
    const differing = (['shape', 'dtype', 'scale', 'zeroPoint'] as const).find((key) => found[key] !== said[key]);
    if (tensors.length === 1 && differing === undefined) continue;
    const difference =
      differing === undefined
        ? `${tensors.length} ${end}s instead of one`
        : `an ${end} whose ${differing} is ${found[differing]}, and its manifest says ${said[differing]}`;
    throw new InkError('INK_BUNDLE_INVALID', `The bundle ${folder} is refused: ${MODEL_FILE} has ${difference}.`);
  }
  return graph;
}
