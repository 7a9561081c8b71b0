import { crc32 } from './crc32.js';

const LOCAL_HEADER = 0x04034b50;
const CENTRAL_HEADER = 0x02014b50;
const END_OF_DIRECTORY = 0x06054b50;
/** Version of the ZIP format that can read it: 2.0. */
const VERSION = 20;
/** Midnight of 1 January 1980, the first that ZIP can express: the same files give the same bytes. */
const DATE = 0x21;

/**
 * Attaches files to a .tflite file as its metadata names them: a ZIP archive behind the FlatBuffer, uncompressed, so that
 * readers can map them (TensorFlow Lite's metadata extractor refuses others). Offsets count from the first byte of the
 * whole. The format is PKWARE's APPNOTE.TXT.
 */
export function attachFiles(model: Uint8Array, files: ReadonlyMap<string, Uint8Array>): Uint8Array {
  const parts: Uint8Array[] = [model];
  const directory: Uint8Array[] = [];
  let at = model.length;
  const add = (...added: readonly Uint8Array[]): void => {
    parts.push(...added);
    for (const part of added) at += part.length;
  };
  for (const [name, content] of files) {
    const encodedName = new TextEncoder().encode(name);
    const entry = entryFields(encodedName, content);
    const central = fields([CENTRAL_HEADER, 4], [VERSION, 2], ...entry, [0, 2], [0, 2], [0, 2], [0, 4], [at, 4]);
    directory.push(central, encodedName);
    add(fields([LOCAL_HEADER, 4], ...entry), encodedName, content);
  }
  const start = at;
  add(...directory);
  const size = at - start;
  add(fields([END_OF_DIRECTORY, 4], [0, 2], [0, 2], [files.size, 2], [files.size, 2], [size, 4], [start, 4], [0, 2]));
  return joined(parts);
}

type Field = readonly [value: number, bytes: 2 | 4];

/** What the two headers of a file have in common; the extra field is empty. */
function entryFields(name: Uint8Array, content: Uint8Array): readonly Field[] {
  const sizes: readonly Field[] = [
    [content.length, 4],
    [content.length, 4],
  ];
  return [[VERSION, 2], [0, 2], [0, 2], [0, 2], [DATE, 2], [crc32(content), 4], ...sizes, [name.length, 2], [0, 2]];
}

function fields(...list: readonly Field[]): Uint8Array {
  return Uint8Array.from(
    list.flatMap(([value, size]) => Array.from({ length: size }, (_, byte) => (value >>> (8 * byte)) & 0xff)),
  );
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
