import { invalid } from './invalid.js';

/** Limits for reading: a small file can name one table or list so often that reading it would not end. */
const MAX_TABLES = 100_000;
const MAX_READS_PER_BYTE = 4;
/** Weights are read as bytes and are no lists. */
const MAX_ELEMENTS = 1_000_000;

const decoder = new TextDecoder('utf-8', { fatal: true });

/**
 * The bytes of a FlatBuffer with checks on every access. The npm package `flatbuffers` reads without checks, and files
 * that pass TensorFlow Lite's own verifier can still crash it. See https://flatbuffers.dev/internals.
 */
class CheckedBytes {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  #tables = 0;
  #elements = 0;

  constructor(bytes: Uint8Array) {
    // Not a Buffer, because the `slice` of a Buffer shares its memory.
    this.#bytes = new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  at(position: number, size: number, alignment = 1): DataView {
    if (position < 0 || position + size > this.#bytes.length) {
      throw invalid(`it ends before byte ${position + size}, to which it refers`);
    }
    if (position % alignment !== 0) throw invalid(`a value at byte ${position} is not aligned to ${alignment} bytes`);
    return this.#view;
  }

  /** The position that the unsigned offset at `position` points to. */
  follow(position: number): number {
    return position + this.at(position, 4, 4).getUint32(position, true);
  }

  /** The first element and the length of the vector at `position`. */
  vector(position: number, elementSize: number): { readonly start: number; readonly length: number } {
    const length = this.at(position, 4, 4).getUint32(position, true);
    this.at(position + 4, length * elementSize, length === 0 ? 1 : elementSize);
    return { start: position + 4, length };
  }

  slice(start: number, length: number): Uint8Array {
    this.at(start, length);
    return this.#bytes.subarray(start, start + length);
  }

  countTable(): void {
    this.#tables += 1;
    if (this.#tables > MAX_TABLES) throw invalid(`it holds more than ${MAX_TABLES} tables`);
  }

  countElements(count: number): void {
    this.#elements += count;
    if (this.#elements > MAX_READS_PER_BYTE * this.#bytes.length) throw invalid('its lists overlap');
    if (this.#elements > MAX_ELEMENTS) throw invalid(`its lists have more than ${MAX_ELEMENTS} elements`);
  }
}

/** One table of a FlatBuffer. Fields are addressed by their slot; an absent field has the given default. */
export class FlatbufferTable {
  readonly #bytes: CheckedBytes;
  readonly #position: number;
  /** Position of each field by slot, from the table's vtable. */
  readonly #fields: readonly (number | undefined)[];

  private constructor(bytes: CheckedBytes, position: number) {
    bytes.countTable();
    const vtable = position - bytes.at(position, 4, 4).getInt32(position, true);
    const size = bytes.at(vtable, 4, 2).getUint16(vtable, true);
    const view = bytes.at(vtable, size);
    if (size < 4 || size % 2 !== 0) throw invalid(`the table at byte ${position} has a damaged list of fields`);
    this.#bytes = bytes;
    this.#position = position;
    this.#fields = Array.from({ length: size / 2 - 2 }, (_, slot) => {
      const offset = view.getUint16(vtable + 4 + 2 * slot, true);
      return offset === 0 ? undefined : position + offset;
    });
  }

  /** The root table of a whole file. */
  static root(bytes: Uint8Array, identifier: string): FlatbufferTable {
    const checked = new CheckedBytes(bytes);
    if (bytes.length < 8) throw invalid(`it has only ${bytes.length} bytes`);
    const found = String.fromCharCode(...bytes.subarray(4, 8));
    if (found !== identifier) throw invalid(`it does not bear the mark ${identifier} of a model`);
    return new FlatbufferTable(checked, checked.follow(0));
  }

  has(slot: number): boolean {
    return this.#fields[slot] !== undefined;
  }

  bool(slot: number): boolean {
    return this.uint8(slot) !== 0;
  }

  int8(slot: number, absent = 0): number {
    const at = this.#fields[slot];
    return at === undefined ? absent : this.#bytes.at(at, 1).getInt8(at);
  }

  uint8(slot: number, absent = 0): number {
    const at = this.#fields[slot];
    return at === undefined ? absent : this.#bytes.at(at, 1).getUint8(at);
  }

  int32(slot: number, absent = 0): number {
    const at = this.#fields[slot];
    return at === undefined ? absent : this.#bytes.at(at, 4, 4).getInt32(at, true);
  }

  uint32(slot: number, absent = 0): number {
    const at = this.#fields[slot];
    return at === undefined ? absent : this.#bytes.at(at, 4, 4).getUint32(at, true);
  }

  float32(slot: number, absent = 0): number {
    const at = this.#fields[slot];
    return at === undefined ? absent : this.#bytes.at(at, 4, 4).getFloat32(at, true);
  }

  string(slot: number): string {
    const bytes = this.bytes(slot);
    try {
      return bytes === undefined ? '' : decoder.decode(bytes);
    } catch {
      throw invalid(`the text at byte ${this.#position} is not UTF-8`);
    }
  }

  /** The bytes of a vector's elements or of a string, as a view of the file. */
  bytes(slot: number, elementSize = 1): Uint8Array | undefined {
    const at = this.#fields[slot];
    if (at === undefined) return undefined;
    const { start, length } = this.#bytes.vector(this.#bytes.follow(at), elementSize);
    return this.#bytes.slice(start, length * elementSize);
  }

  int32s(slot: number): Int32Array {
    return Int32Array.from(this.#elements(slot, 4, (view, at) => view.getInt32(at, true)));
  }

  float32s(slot: number): Float32Array {
    return Float32Array.from(this.#elements(slot, 4, (view, at) => view.getFloat32(at, true)));
  }

  int64s(slot: number): BigInt64Array {
    return BigInt64Array.from(this.#elements(slot, 8, (view, at) => view.getBigInt64(at, true)));
  }

  table(slot: number): FlatbufferTable | undefined {
    const at = this.#fields[slot];
    return at === undefined ? undefined : new FlatbufferTable(this.#bytes, this.#bytes.follow(at));
  }

  tables(slot: number): FlatbufferTable[] {
    const positions = this.#elements(slot, 4, (_, at) => this.#bytes.follow(at));
    return positions.map((position) => new FlatbufferTable(this.#bytes, position));
  }

  #elements<T>(slot: number, size: number, read: (view: DataView, at: number) => T): T[] {
    const field = this.#fields[slot];
    if (field === undefined) return [];
    const { start, length } = this.#bytes.vector(this.#bytes.follow(field), size);
    this.#bytes.countElements(length);
    const view = this.#bytes.at(start, length * size);
    return Array.from({ length }, (_, index) => read(view, start + index * size));
  }
}
