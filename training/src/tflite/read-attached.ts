const LOCAL_HEADER = 0x04034b50;
const CENTRAL_HEADER = 0x02014b50;
const END_OF_DIRECTORY = 0x06054b50;
/** Sizes of the headers before what varies in length, in bytes. */
const LOCAL_BYTES = 30;
const CENTRAL_BYTES = 46;
const END_BYTES = 22;
/** The only method that TensorFlow Lite's metadata allows: files lie there as they are. */
const STORED = 0;

/**
 * The files that are attached to a .tflite file, such as its labels, by name. Damaged and compressed files are left out,
 * because a model can run without them. The format is described in PKWARE's APPNOTE.TXT; the archive has no comment.
 */
export function readAttached(model: Uint8Array): ReadonlyMap<string, Uint8Array> {
  const view = new DataView(model.buffer, model.byteOffset, model.byteLength);
  const files = new Map<string, Uint8Array>();
  const holds = (at: number, bytes: number, signature: number): boolean =>
    at >= 0 && at + bytes <= model.length && view.getUint32(at, true) === signature;
  const end = model.length - END_BYTES;
  if (!holds(end, END_BYTES, END_OF_DIRECTORY)) return files;
  let entry = view.getUint32(end + 16, true);
  for (let left = view.getUint16(end + 10, true); left > 0 && holds(entry, CENTRAL_BYTES, CENTRAL_HEADER); left--) {
    const [nameBytes, extraBytes, commentBytes] = [28, 30, 32].map((at) => view.getUint16(entry + at, true));
    const name = new TextDecoder().decode(model.subarray(entry + CENTRAL_BYTES, entry + CENTRAL_BYTES + nameBytes));
    const [size, local] = [view.getUint32(entry + 20, true), view.getUint32(entry + 42, true)];
    const isStored = view.getUint16(entry + 10, true) === STORED;
    if (isStored && holds(local, LOCAL_BYTES, LOCAL_HEADER)) {
      const start = local + LOCAL_BYTES + view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
      if (start + size <= model.length) files.set(name, model.subarray(start, start + size));
    }
    entry += CENTRAL_BYTES + nameBytes + extraBytes + commentBytes;
  }
  return files;
}
