import { z } from 'zod';

/** A layer or a nested model: its class name and its settings. */
export interface SavedLayer {
  readonly class_name: string;
  /** In models of the functional kind; the name in `config` counts where it is missing. */
  readonly name?: string | undefined;
  readonly config: Readonly<Record<string, unknown>> | readonly unknown[];
  /** Where its inputs come from, in models of the functional kind. */
  readonly inbound_nodes?: readonly unknown[] | undefined;
  /** What it was built for, in files of Keras 3. */
  readonly build_config?: { readonly input_shape?: unknown } | null | undefined;
}

export const savedLayerSchema: z.ZodType<SavedLayer> = z.object({
  class_name: z.string().min(1),
  name: z.string().min(1).optional(),
  config: z.union([z.array(z.unknown()), z.record(z.string(), z.unknown())]),
  inbound_nodes: z.array(z.unknown()).optional(),
  build_config: z.object({ input_shape: z.unknown().optional() }).nullish(),
});

/** The name of a layer or model. */
export function savedName(layer: SavedLayer): string | undefined {
  const own = Array.isArray(layer.config)
    ? undefined
    : Object.entries(layer.config).find(([key]) => key === 'name')?.[1];
  return layer.name ?? (typeof own === 'string' && own !== '' ? own : undefined);
}

/** Class names of whole models; Keras before 2.4 and TensorFlow.js call a functional one `Model`. */
const MODELS = new Set(['Sequential', 'Functional', 'Model']);

export const isModel = ({ class_name }: SavedLayer): boolean => MODELS.has(class_name);
