import { InkError } from '../../errors/index.js';
import { readTflite } from '../../tflite-file/index.js';
import { type Bundle, MODEL_FILE } from './bundle.js';
import type { Manifest, SpotterDescription, VerifierDescription } from './manifest.js';

type Ends = Pick<Manifest | SpotterDescription | VerifierDescription, 'input' | 'output'>;

/**
 * Checks that the inputs and outputs of a bundle's models match its manifest.
 *
 * @throws InkError INK_TFLITE_INVALID or INK_TFLITE_UNSUPPORTED if a file is not a usable model, INK_BUNDLE_INVALID if
 * it does not match the manifest
 */
export function checkGraphs({ folder, manifest, model, spotters, verifier }: Bundle): void {
  checkGraph(folder, MODEL_FILE, model, manifest);
  for (const { description, model } of spotters) checkGraph(folder, description.file, model, description);
  if (verifier !== undefined) checkGraph(folder, verifier.description.file, verifier.model, verifier.description);
}

function checkGraph(folder: string, file: string, model: Uint8Array, ends: Ends): void {
  const graph = readTflite(model);
  for (const end of ['input', 'output'] as const) {
    const tensors = end === 'input' ? graph.inputs : graph.outputs;
    const { shape, type, quantization } = graph.tensors[tensors[0]];
    const expected = ends[end];
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
    throw new InkError('INK_BUNDLE_INVALID', `The bundle ${folder} is refused: ${file} has ${difference}.`);
  }
}
