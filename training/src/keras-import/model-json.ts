import { dirname } from 'node:path';
import { readWholeFile } from '@inkcast/shared/files';
import { parseJson } from '@inkcast/shared/plain-data';
import { z } from 'zod';
import type { Tensor } from '../models/index.js';
import { invalid, unsupported } from './errors.js';
import { readWeights, weightsManifestSchema } from './weights-manifest.js';

/** A layer or a nested model: its class name and its settings. */
export interface SavedLayer {
  readonly class_name: string;
  /** In models of the functional kind; the name in `config` counts where it is missing. */
  readonly name?: string | undefined;
  readonly config: Readonly<Record<string, unknown>> | readonly unknown[];
  /** Where its inputs come from, in models of the functional kind. */
  readonly inbound_nodes?: readonly unknown[] | undefined;
}

export const savedLayerSchema: z.ZodType<SavedLayer> = z.object({
  class_name: z.string().min(1),
  name: z.string().min(1).optional(),
  config: z.union([z.array(z.unknown()), z.record(z.string(), z.unknown())]),
  inbound_nodes: z.array(z.unknown()).optional(),
});

/** The content of a model.json and its shards. */
export interface SavedModel {
  readonly model: SavedLayer;
  /** By the name in the file, such as `conv2d/kernel`. */
  readonly weights: ReadonlyMap<string, Tensor>;
  /** The program that wrote it, as it names itself. */
  readonly generatedBy: string;
}

const fileSchema = z.object({
  format: z.string().optional(),
  generatedBy: z.string().nullish(),
  convertedBy: z.string().nullish(),
  // TensorFlow.js stores the model here, Keras under `model_config`.
  modelTopology: z.union([z.object({ model_config: savedLayerSchema }), savedLayerSchema]),
  weightsManifest: weightsManifestSchema,
});

/**
 * Reads a model.json of the format `tfjs_layers_model` with its weights.
 *
 * @throws InkError INK_FILE_UNREADABLE; INK_CONVERT_UNSUPPORTED for a graph model, which has no layers any more;
 *   INK_CONVERT_INVALID naming what is wrong
 */
export async function readModelJson(path: string): Promise<SavedModel> {
  const json = parse(path, await readWholeFile(path));
  if (z.looseObject({ format: z.literal('graph-model') }).safeParse(json).success) {
    throw unsupported(`${path} is a graph model, and only layers models can be converted`);
  }
  const parsed = fileSchema.safeParse(json);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw invalid(path, `at ${issue.path.join('.') || 'its beginning'}: ${issue.message}`);
  }
  const { modelTopology, weightsManifest, generatedBy, convertedBy } = parsed.data;
  return {
    model: 'model_config' in modelTopology ? modelTopology.model_config : modelTopology,
    weights: await readWeights(dirname(path), weightsManifest, path),
    generatedBy: [generatedBy, convertedBy].filter(Boolean).join(', ') || 'unknown',
  };
}

function parse(path: string, bytes: Buffer): unknown {
  try {
    return parseJson(bytes.toString('utf8'));
  } catch (cause) {
    throw invalid(path, `it is not JSON (${cause instanceof Error ? cause.message : cause})`);
  }
}
