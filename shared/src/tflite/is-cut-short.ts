import { closeSync, openSync, readSync, statSync } from 'node:fs';

const MAGIC = '\x7fELF';
const CLASS_64 = 2;
const LITTLE_ENDIAN = 1;
/** Sizes of the file header and of one program header, and the type of a segment that is mapped (System V ABI, chapters 4 and 5). */
const HEADER_BYTES = 64;
const PROGRAM_HEADER_BYTES = 56;
const PT_LOAD = 1;

/**
 * Whether a shared library ends before what it maps into memory, as after a power cut while it was written. To load one ends the
 * process by SIGBUS. Only 64-bit little-endian ELF files are looked at.
 *
 * @returns false if there is no such file: the name may be one that the loader looks for
 * @throws Error of the file system
 */
export function isCutShort(path: string): boolean {
  const { size } = statSync(path, { throwIfNoEntry: false }) ?? {};
  if (size === undefined) return false;
  const file = openSync(path, 'r');
  try {
    const header = readAt(file, 0, HEADER_BYTES);
    if (header.toString('latin1', 0, 4) !== MAGIC) return false;
    if (header.length < HEADER_BYTES) return true;
    if (header[4] !== CLASS_64 || header[5] !== LITTLE_ENDIAN) return false;
    const count = header.readUInt16LE(56);
    const at = header.readBigUInt64LE(32);
    if (at + BigInt(count * PROGRAM_HEADER_BYTES) > size) return true;
    const table = readAt(file, Number(at), count * PROGRAM_HEADER_BYTES);
    return Array.from({ length: count }, (_, index) => index * PROGRAM_HEADER_BYTES).some((entry) => {
      const end = table.readBigUInt64LE(entry + 8) + table.readBigUInt64LE(entry + 32);
      return table.readUInt32LE(entry) === PT_LOAD && end > size;
    });
  } finally {
    closeSync(file);
  }
}

/** Fewer bytes than asked for if the file ends. */
function readAt(file: number, position: number, bytes: number): Buffer {
  const buffer = Buffer.alloc(bytes);
  return buffer.subarray(0, readSync(file, buffer, 0, bytes, position));
}
