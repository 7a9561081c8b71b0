import { isAbsolute, join, normalize } from 'node:path';
import { readWholeFile } from '@inkcast/shared/files';
import { z } from 'zod';
import { halfToNumber } from '../half-floats/index.js';
import type { Tensor } from '../models/index.js';
import { invalid } from '../network-assembly/index.js';

const BYTES = { float32: 4, int32: 4, uint16: 2, float16: 2, uint8: 1, bool: 1 } as const;

type StoredType = keyof typeof BYTES;

/** The storage of a weight with the converter's options --quantize_float16, --quantize_uint8 and --quantize_uint16. */
const quantizationSchema = z.union([
  z.object({ dtype: z.literal('float16') }),
  z.object({ dtype: z.enum(['uint8', 'uint16']), scale: z.number(), min: z.number() }),
]);

const weightSchema = z.object({
  name: z.string().min(1),
  shape: z.array(z.int().nonnegative()),
  dtype: z.enum(['float32', 'int32', 'bool']),
  quantization: quantizationSchema.optional(),
});

export const weightsManifestSchema = z.array(
  z.object({ paths: z.array(z.string().min(1)), weights: z.array(weightSchema) }),
);

type WeightsManifest = z.infer<typeof weightsManifestSchema>;
type StoredWeight = z.infer<typeof weightSchema>;

/**
 * Reads the weights of a model.json from the shards in its folder. Values other than float32 (seeds, counters) are skipped.
 *
 * @param source path of the model.json, for messages
 * @throws InkError INK_FILE_UNREADABLE, INK_CONVERT_INVALID
 */
export async function readWeights(
  folder: string,
  manifest: WeightsManifest,
  source: string,
): Promise<ReadonlyMap<string, Tensor>> {
  const weights = new Map<string, Tensor>();
  for (const { paths, weights: stored } of manifest) {
    const shards = await Promise.all(paths.map((path) => readWholeFile(join(folder, inside(path, source)))));
    const bytes = Buffer.concat(shards);
    const size = stored.reduce((sum, weight) => sum + storedSize(weight), 0);
    if (size !== bytes.length) {
      throw invalid(source, `its weights take ${size} bytes, and ${paths.join(', ')} hold ${bytes.length}`);
    }
    let at = 0;
    for (const weight of stored) {
      const end = at + storedSize(weight);
      if (weight.dtype === 'float32') {
        if (weights.has(weight.name)) throw invalid(source, `it holds the weight "${weight.name}" twice`);
        weights.set(weight.name, { shape: weight.shape, data: decode(bytes.subarray(at, end), weight) });
      }
      at = end;
    }
  }
  return weights;
}

/** Refuses a path outside of the model's folder. No program writes such a path. */
function inside(path: string, source: string): string {
  if (isAbsolute(path) || normalize(path).startsWith('..')) {
    throw invalid(source, `its shard ${path} lies outside of its folder`);
  }
  return path;
}

const storedType = ({ dtype, quantization }: StoredWeight): StoredType => quantization?.dtype ?? dtype;

const storedSize = (weight: StoredWeight): number =>
  weight.shape.reduce((product, size) => product * size, BYTES[storedType(weight)]);

function decode(bytes: Uint8Array, weight: StoredWeight): Float32Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const { quantization } = weight;
  const type = storedType(weight);
  const length = bytes.length / BYTES[type];
  const scaled = (value: number): number =>
    quantization !== undefined && 'scale' in quantization ? value * quantization.scale + quantization.min : value;
  switch (type) {
    case 'uint8':
      return Float32Array.from({ length }, (_, index) => scaled(view.getUint8(index)));
    case 'uint16':
      return Float32Array.from({ length }, (_, index) => scaled(view.getUint16(2 * index, true)));
    case 'float16':
      return Float32Array.from({ length }, (_, index) => halfToNumber(view.getUint16(2 * index, true)));
    default:
      return Float32Array.from({ length }, (_, index) => view.getFloat32(4 * index, true));
  }
}
