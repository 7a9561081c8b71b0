import { z } from 'zod';
import { invalid, unsupported } from '../network-assembly/index.js';
import { GroupWeights } from './group-weights.js';
import { parseConfig, readWeightsFile } from './read-config.js';
import { savedLayerSchema } from './saved-layer.js';
import type { SavedModel } from './saved-model.js';

/** The attribute in which Inkcast's export stores the labels. */
export const LABELS_ATTRIBUTE = 'inkcast_labels';

const labelsSchema = z.array(z.string().min(1)).min(2);

/**
 * Reads a .h5 file that Keras' `model.save` wrote: the model as JSON in an attribute, and one group of weights per layer.
 *
 * @throws InkError INK_CONVERT_UNSUPPORTED for a file of weights only, INK_CONVERT_INVALID
 */
export async function readKerasHdf5(path: string, bytes: Uint8Array): Promise<SavedModel> {
  const { attributes, groups } = await readWeightsFile(path, bytes);
  const config = attributes.get('model_config');
  if (typeof config !== 'string') {
    throw unsupported(
      `${path} holds weights without their layers (no model_config): save the whole model with model.save`,
    );
  }
  const weights = groups.get('model_weights');
  if (weights === undefined) throw invalid(path, 'it has no model_weights');
  const labels = attributes.get(LABELS_ATTRIBUTE);
  return {
    model: parseConfig(path, 'its model_config', config, savedLayerSchema),
    weights: new GroupWeights(weights, path),
    generatedBy: `keras v${attributes.get('keras_version') ?? weights.attributes.get('keras_version') ?? '1'}`,
    labels: typeof labels === 'string' ? parseConfig(path, LABELS_ATTRIBUTE, labels, labelsSchema) : undefined,
  };
}
