import { InkError } from '@inkcast/shared/errors';
import { sha256 } from '@inkcast/shared/hashing';
import { parseJson } from '@inkcast/shared/plain-data/portable';
import { z } from 'zod';
import type { Parameters, Tensor } from '../models/index.js';

/** The content of a safetensors file: float32 tensors by name, and strings by key. */
export interface TensorFile {
  readonly tensors: Parameters;
  readonly metadata: Readonly<Record<string, string>>;
}

/** Metadata key for the SHA-256 of the data, because the format has no checksum. */
const DATA_SUM = 'dataSha256';
/** The header's length is a 64-bit number at the front. */
const LENGTH_BYTES = 8;

const headerSchema = z.object({ __metadata__: z.record(z.string(), z.string()) }).catchall(
  z.object({
    dtype: z.literal('F32'),
    shape: z.array(z.int().positive()),
    data_offsets: z.tuple([z.int().nonnegative(), z.int().nonnegative()]),
  }),
);

/**
 * The bytes of a safetensors file: the length of a JSON header, the header, then the tensors' values, little-endian,
 * one after the other. Format: github.com/huggingface/safetensors.
 */
export function encodeTensors({ tensors, metadata }: TensorFile): Uint8Array {
  const entries: Record<string, unknown> = {};
  let size = 0;
  for (const [name, { shape, data }] of tensors) {
    entries[name] = { dtype: 'F32', shape, data_offsets: [size, size + data.byteLength] };
    size += data.byteLength;
  }
  const values = new Uint8Array(size);
  const view = new DataView(values.buffer);
  let at = 0;
  for (const { data } of tensors.values()) {
    for (let index = 0; index < data.length; index++, at += 4) view.setFloat32(at, data[index], true);
  }
  const header = JSON.stringify({ __metadata__: { ...metadata, [DATA_SUM]: sha256(values) }, ...entries });
  // Spaces pad the header, so that the values begin at a multiple of eight bytes.
  const text = new TextEncoder().encode(header);
  const padded = Math.ceil(text.length / 8) * 8;
  const bytes = new Uint8Array(LENGTH_BYTES + padded + size).fill(0x20, LENGTH_BYTES, LENGTH_BYTES + padded);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(padded), true);
  bytes.set(text, LENGTH_BYTES);
  bytes.set(values, LENGTH_BYTES + padded);
  return bytes;
}

/**
 * The inverse of `encodeTensors`.
 *
 * @param name name of the file in messages
 * @throws InkError INK_CHECKPOINT_INVALID if the file is truncated, changed, or of another format
 */
export function decodeTensors(bytes: Uint8Array, name: string): TensorFile {
  const invalid = (reason: string) => new InkError('INK_CHECKPOINT_INVALID', `${name} ${reason}.`);
  if (bytes.length < LENGTH_BYTES) throw invalid(`ends at byte ${bytes.length}, within its first eight`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const start = LENGTH_BYTES + Number(view.getBigUint64(0, true));
  if (start > bytes.length) throw invalid(`ends at byte ${bytes.length}, within its header`);
  const header = headerSchema.safeParse(parseHeader(bytes.subarray(LENGTH_BYTES, start)));
  if (!header.success) throw invalid('is not a safetensors file of float32 values with metadata');
  const { __metadata__: metadata, ...entries } = header.data;
  const values = bytes.subarray(start);
  if (sha256(values) !== metadata[DATA_SUM]) throw invalid('is damaged: the SHA-256 of its values is another one');
  const tensors = new Map<string, Tensor>();
  for (const [
    key,
    {
      shape,
      data_offsets: [from, to],
    },
  ] of Object.entries(entries)) {
    const data = new Float32Array(shape.reduce((product, size) => product * size, 1));
    if (to - from !== data.byteLength || to > values.length) throw invalid(`has wrong offsets for "${key}"`);
    for (let index = 0; index < data.length; index++) data[index] = view.getFloat32(start + from + 4 * index, true);
    tensors.set(key, { shape, data });
  }
  return { tensors, metadata };
}

function parseHeader(bytes: Uint8Array): unknown {
  try {
    return parseJson(new TextDecoder().decode(bytes));
  } catch {
    // Text that is not JSON gives undefined, which the schema refuses.
    return undefined;
  }
}
