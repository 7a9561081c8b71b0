import { z } from 'zod';
import { unsupported } from '../network-assembly/index.js';
import type { SavedLayer } from './saved-layer.js';

/** Keras 2 and TensorFlow.js: layer, number of its use, number of its output, and sometimes arguments. */
const referenceSchema = z.tuple([z.string(), z.int(), z.int()]).rest(z.unknown());

/** Keras 3 stores the arguments of a layer's call, with each tensor in this form. */
const kerasTensorSchema = z.object({
  class_name: z.literal('__keras_tensor__'),
  config: z.object({ keras_history: referenceSchema }),
});

/**
 * Names of the layers whose outputs a layer of a functional model reads, in the order of its arguments.
 *
 * @throws InkError INK_CONVERT_UNSUPPORTED where it is used more than once: the uses would share weights
 */
export function inboundLayers({ class_name, inbound_nodes = [] }: SavedLayer, name: string): readonly string[] {
  if (inbound_nodes.length > 1) {
    throw unsupported(
      `Layer "${name}" (${class_name}) is used ${inbound_nodes.length} times, and weights cannot be shared`,
    );
  }
  return inbound_nodes.flatMap(references);
}

/** Every layer referred to in a value, at whatever depth: arguments may be lists of tensors. */
function references(value: unknown): string[] {
  const plain = referenceSchema.safeParse(value);
  if (plain.success) return [plain.data[0]];
  const tensor = kerasTensorSchema.safeParse(value);
  if (tensor.success) return [tensor.data.config.keras_history[0]];
  if (Array.isArray(value)) return value.flatMap(references);
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(references) : [];
}

/** Names in `input_layers` or `output_layers`: a list of references, or from Keras 3 a single one. */
export const referredLayers = (value: unknown): readonly string[] => references(value);
