import type { Builder, Offset } from 'flatbuffers';

/** One field of a table that is being written: a value, or what was written before under its offset. */
export interface Field {
  readonly slot: number;
  readonly add: (builder: Builder) => void;
}

// A value equal to the default is left out, as every FlatBuffer writer does; the defaults are the schema's.

export const bool = (slot: number, value: boolean): Field => int8(slot, value ? 1 : 0);

export const int8 = (slot: number, value: number, absent = 0): Field => ({
  slot,
  add: (builder) => builder.addFieldInt8(slot, value, absent),
});

export const int32 = (slot: number, value: number, absent = 0): Field => ({
  slot,
  add: (builder) => builder.addFieldInt32(slot, value, absent),
});

export const uint32 = (slot: number, value: number): Field => ({
  slot,
  // Written as the same 32 bits.
  add: (builder) => builder.addFieldInt32(slot, value | 0, 0),
});

export const float32 = (slot: number, value: number, absent = 0): Field => ({
  slot,
  add: (builder) => builder.addFieldFloat32(slot, value, absent),
});

/** A table, vector or string; nothing where it is undefined. */
export const offset = (slot: number, at: Offset | undefined): Field => ({
  slot,
  add: (builder) => builder.addFieldOffset(slot, at ?? 0, 0),
});

export function writeTable(builder: Builder, fields: readonly Field[]): Offset {
  builder.startObject(Math.max(-1, ...fields.map((field) => field.slot)) + 1);
  for (const field of fields) field.add(builder);
  return builder.endObject();
}

export function writeOffsets(builder: Builder, offsets: readonly Offset[]): Offset {
  builder.startVector(4, offsets.length, 4);
  for (const at of [...offsets].reverse()) builder.addOffset(at);
  return builder.endVector();
}

export function writeInt32s(builder: Builder, values: Iterable<number>): Offset {
  const list = [...values];
  builder.startVector(4, list.length, 4);
  for (const value of list.reverse()) builder.addInt32(value);
  return builder.endVector();
}

export function writeFloat32s(builder: Builder, values: Iterable<number>): Offset {
  const list = [...values];
  builder.startVector(4, list.length, 4);
  for (const value of list.reverse()) builder.addFloat32(value);
  return builder.endVector();
}

export function writeInt64s(builder: Builder, values: Iterable<number>): Offset {
  const list = [...values];
  builder.startVector(8, list.length, 8);
  for (const value of list.reverse()) builder.addInt64(BigInt(value));
  return builder.endVector();
}

/** @param alignment of the first byte in the file */
export function writeBytes(builder: Builder, bytes: Uint8Array, alignment: number): Offset {
  builder.startVector(1, bytes.length, alignment);
  // Written back to front: the length is known, so the place can be taken at once and filled by one copy.
  builder.pad(bytes.length);
  const end = builder.endVector();
  const buffer = builder.dataBuffer();
  buffer.bytes().set(bytes, buffer.capacity() - end + 4);
  return end;
}
