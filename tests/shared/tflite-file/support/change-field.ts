/** The offset of a table's field (https://flatbuffers.dev/internals). The table must contain the field. */
export function fieldAt(bytes: Uint8Array, table: number, slot: number): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const offset = view.getUint16(table - view.getInt32(table, true) + 4 + 2 * slot, true);
  if (offset === 0) throw new Error(`the table at byte ${table} lacks its field ${slot}`);
  return table + offset;
}

export const follow = (bytes: Uint8Array, at: number): number =>
  at + new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(at, true);

/** The table of place `index` in a list of tables. */
export const tableOf = (bytes: Uint8Array, table: number, slot: number, index: number): number =>
  follow(bytes, follow(bytes, fieldAt(bytes, table, slot)) + 4 + 4 * index);
