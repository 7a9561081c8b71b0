import { dirname } from 'node:path';
import { parseJson } from '@inkcast/shared/plain-data';
import { z } from 'zod';
import { invalid, unsupported } from '../network-assembly/index.js';
import { NamedWeights } from './named-weights.js';
import { savedLayerSchema } from './saved-layer.js';
import type { SavedModel } from './saved-model.js';
import { readWeights, weightsManifestSchema } from './weights-manifest.js';

const fileSchema = z.object({
  format: z.string().optional(),
  generatedBy: z.string().nullish(),
  convertedBy: z.string().nullish(),
  // TensorFlow.js stores the model here, Keras under `model_config`.
  modelTopology: z.union([z.object({ model_config: savedLayerSchema }), savedLayerSchema]),
  weightsManifest: weightsManifestSchema,
  /** What a program may add; Inkcast's export puts the labels there. */
  userDefinedMetadata: z.looseObject({ labels: z.array(z.string().min(1)).optional().catch(undefined) }).nullish(),
});

/**
 * Reads a model.json of the format `tfjs_layers_model`, with the weights from the files in its folder.
 *
 * @throws InkError INK_FILE_UNREADABLE for these; INK_CONVERT_UNSUPPORTED for a graph model, which has no layers any more;
 *   INK_CONVERT_INVALID naming what is wrong
 */
export async function readModelJson(path: string, bytes: Uint8Array): Promise<SavedModel> {
  const json = parse(path, bytes);
  if (z.looseObject({ format: z.literal('graph-model') }).safeParse(json).success) {
    throw unsupported(`${path} is a graph model, and only layers models can be converted`);
  }
  const parsed = fileSchema.safeParse(json);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw invalid(path, `at ${issue.path.join('.') || 'its beginning'}: ${issue.message}`);
  }
  const { modelTopology, weightsManifest, generatedBy, convertedBy, userDefinedMetadata } = parsed.data;
  return {
    model: 'model_config' in modelTopology ? modelTopology.model_config : modelTopology,
    weights: new NamedWeights(await readWeights(dirname(path), weightsManifest, path), path),
    labels: userDefinedMetadata?.labels,
    generatedBy: [generatedBy, convertedBy].filter(Boolean).join(', ') || 'unknown',
  };
}

function parse(path: string, bytes: Uint8Array): unknown {
  try {
    return parseJson(new TextDecoder().decode(bytes));
  } catch (cause) {
    throw invalid(path, `it is not JSON (${cause instanceof Error ? cause.message : cause})`);
  }
}
