import { InkError } from '../errors/index.js';

/** The content of an IDX file of unsigned bytes. */
export interface IdxArray {
  /** Sizes, slowest first: `[images, rows, columns]` for pictures, `[labels]` for labels. */
  readonly sizes: readonly number[];
  /** Row-major; not copied from the file's bytes. */
  readonly data: Uint8Array;
}

/** The type code of unsigned bytes, the only one that MNIST and its relatives use. */
const UNSIGNED_BYTE = 0x08;

/**
 * Reads an IDX file: two zero bytes, a type code, the number of dimensions, a big-endian 32-bit size for each, then the
 * values. Format: LeCun, Cortes, Burges, "The MNIST database of handwritten digits".
 *
 * @param dimensions what the caller needs: 3 for pictures, 1 for labels
 * @param name name of the file in messages
 * @throws InkError INK_IDX_INVALID naming the file and the byte offset
 */
export function parseIdx(bytes: Uint8Array, dimensions: number, name: string): IdxArray {
  const invalid = (reason: string) => new InkError('INK_IDX_INVALID', `${name} ${reason}.`);
  const headerBytes = 4 + 4 * dimensions;
  if (bytes.length < 4) throw invalid(`ends at byte ${bytes.length}, within the magic number`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const magic = view.getUint32(0);
  const wanted = (UNSIGNED_BYTE << 8) | dimensions;
  if (magic !== wanted) {
    const compressed = magic >>> 16 === 0x1f8b ? '; it is compressed with gzip' : '';
    throw invalid(`begins with the magic number ${hex(magic)} at byte 0 and not with ${hex(wanted)}${compressed}`);
  }
  if (bytes.length < headerBytes) throw invalid(`ends at byte ${bytes.length}, within its ${headerBytes} header bytes`);
  const sizes = Array.from({ length: dimensions }, (_, index) => view.getUint32(4 + 4 * index));
  const empty = sizes.indexOf(0);
  if (empty >= 0) throw invalid(`has the size 0 at byte ${4 + 4 * empty}`);
  const end = headerBytes + sizes.reduce((product, size) => product * size, 1);
  if (bytes.length < end) throw invalid(`ends at byte ${bytes.length} and must have ${end} for ${sizes.join(' x ')}`);
  if (bytes.length > end) throw invalid(`goes on after byte ${end}, where its ${sizes.join(' x ')} values end`);
  return { sizes, data: bytes.subarray(headerBytes) };
}

/** The bytes of an IDX file; the inverse of `parseIdx`. */
export function encodeIdx({ sizes, data }: IdxArray): Uint8Array {
  const headerBytes = 4 + 4 * sizes.length;
  const bytes = new Uint8Array(headerBytes + data.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, (UNSIGNED_BYTE << 8) | sizes.length);
  sizes.forEach((size, index) => {
    view.setUint32(4 + 4 * index, size);
  });
  bytes.set(data, headerBytes);
  return bytes;
}

const hex = (value: number): string => `0x${value.toString(16).padStart(8, '0')}`;
