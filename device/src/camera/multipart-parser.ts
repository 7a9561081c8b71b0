import { InkError } from '@inkcast/shared/errors';
import { ByteQueue } from './byte-queue.js';
import { JpegEnd, START_OF_JPEG } from './jpeg-end.js';

const [LF, CR, DASH] = [0x0a, 0x0d, 0x2d];
/** Longer parts or headers without an end are not pictures. */
const MAX_PART_BYTES = 32 * 1024 * 1024;
const MAX_HEADERS_BYTES = 16 * 1024;

const HEADER = /^[\w-]+\s*:/;

/** A part after its headers: a JPEG, or other data that lasts until its length or the next delimiter. */
interface Part {
  readonly jpeg: JpegEnd | undefined;
  /** Length in bytes, if the headers name it. */
  readonly length: number | undefined;
}

/**
 * Extracts pictures from a `multipart/x-mixed-replace` stream (parts as in RFC 2046, 5.1), as cameras really send it.
 *
 * - A JPEG is found by its own markers, even if the boundary is missing or differs from the Content-Type, or the length
 *   is wrong.
 * - Other pictures need headers, and a length or the next delimiter.
 * - Lines may end with LF alone.
 */
export class MultipartParser {
  readonly #queue = new ByteQueue();
  #delimiter: Buffer | undefined;
  #part: Part | undefined;
  /** Bytes of a part without markers or length that were searched and hold no delimiter. */
  #searched = 0;
  #found = 0;

  /** @param boundary from the Content-Type, if any; it may already begin with `--` */
  constructor(boundary?: string) {
    if (boundary !== undefined) this.#delimiter = Buffer.from(boundary.startsWith('--') ? boundary : `--${boundary}`);
  }

  /**
   * @returns the pictures that this chunk completes; a picture without length and end marker is complete when the next
   * one begins
   * @throws InkError INK_CAMERA_FAILED for a part larger than 32 MiB, or if the stream begins with 16 KiB without a
   * part
   */
  push(chunk: Uint8Array): Buffer[] {
    this.#queue.push(chunk);
    const bodies: Buffer[] = [];
    for (;;) {
      this.#part ??= this.#nextPart();
      if (this.#part === undefined) return bodies;
      const end = this.#endOf(this.#part);
      if (end === undefined) {
        if (this.#queue.length > MAX_PART_BYTES) throw tooLarge();
        return bodies;
      }
      if (end > 0) bodies.push(this.#take(end));
      this.#part = undefined;
    }
  }

  /** Ends the stream. @returns the JPEG that has begun: complete except for its end marker, or truncated */
  end(): Buffer | undefined {
    return this.#part?.jpeg === undefined ? undefined : this.#take(this.#queue.length);
  }

  /** Skips everything before the next picture. @returns `undefined` if it has not arrived completely */
  #nextPart(): Part | undefined {
    const { bytes } = this.#queue;
    const picture = bytes.indexOf(START_OF_JPEG);
    const body = this.#headersEnd(picture === -1 ? bytes : bytes.subarray(0, picture));
    if (picture !== -1 && (body === undefined || isBlank(bytes.subarray(body, picture))))
      return this.#beginJpeg(picture);
    if (body === undefined) {
      this.#passJunk();
      return undefined;
    }
    const length = lengthIn(bytes.subarray(0, body));
    if (length !== undefined && length > MAX_PART_BYTES) throw tooLarge();
    // A JPEG may have arrived in part, or after an extra line break.
    if (mayBeginJpeg(bytes.subarray(body))) return undefined;
    this.#queue.drop(body);
    return { jpeg: undefined, length };
  }

  #beginJpeg(at: number): Part {
    const before = this.#queue.bytes.subarray(0, at);
    const length = lengthIn(before);
    this.#learnDelimiter(before.toString('latin1'));
    this.#queue.drop(at);
    return { jpeg: new JpegEnd(), length };
  }

  /** Some cameras separate parts by another line than they announce. */
  #learnDelimiter(before: string): void {
    if (this.#delimiter !== undefined && before.includes(this.#delimiter.toString('latin1'))) return;
    const lines = before.split(/\r?\n/).filter((text) => text !== '');
    // If only headers stand between pictures, the first header is the separator.
    const line = lines.findLast((text) => !HEADER.test(text)) ?? lines[0];
    if (line !== undefined) this.#delimiter = Buffer.from(line, 'latin1');
  }

  /** Where the body begins: after the first empty line that follows a delimiter. */
  #headersEnd(bytes: Buffer): number | undefined {
    if (this.#delimiter === undefined) return undefined;
    const delimiter = bytes.indexOf(this.#delimiter);
    if (delimiter === -1) return undefined;
    const from = delimiter + this.#delimiter.length;
    const ends = ['\r\n\r\n', '\n\n'].flatMap((mark) => {
      const at = bytes.indexOf(mark, from, 'latin1');
      return at === -1 ? [] : [at + mark.length];
    });
    return ends.length === 0 ? undefined : Math.min(...ends);
  }

  /** Padding after a picture may be long. But a stream that begins with this much other data is not multipart. */
  #passJunk(): void {
    const excess = this.#queue.length - MAX_HEADERS_BYTES;
    if (excess <= 0) return;
    if (this.#found > 0) this.#queue.drop(excess);
    else throw new InkError('INK_CAMERA_FAILED', 'The stream holds no part of a multipart message where one is due.');
  }

  #endOf({ jpeg, length }: Part): number | undefined {
    const { bytes } = this.#queue;
    if (jpeg === undefined) {
      if (length === undefined) return this.#nextDelimiter();
      return bytes.length < length ? undefined : length;
    }
    const found = jpeg.find(bytes);
    if (found?.marked) return found.end;
    // Without an end marker, the length counts if it is plausible.
    if (length !== undefined && length > jpeg.codedFrom && endsPart(bytes, length)) return length;
    return found === undefined ? undefined : this.#beforeDelimiter(bytes.subarray(0, found.end));
  }

  /** The end of a part of unknown length. */
  #nextDelimiter(): number | undefined {
    const { bytes } = this.#queue;
    const at = this.#delimiter === undefined ? -1 : bytes.indexOf(this.#delimiter, this.#searched);
    if (at !== -1) return beforeLine(bytes, at);
    this.#searched = Math.max(0, bytes.length - (this.#delimiter?.length ?? 0));
    return undefined;
  }

  /** The end of a JPEG without an end marker, at the start of the next part, with or without headers. */
  #beforeDelimiter(bytes: Buffer): number {
    const at = this.#delimiter === undefined ? -1 : bytes.lastIndexOf(this.#delimiter);
    return at === -1 ? bytes.length : beforeLine(bytes, at);
  }

  /** Copies the bytes, because the queue reuses its memory. */
  #take(count: number): Buffer {
    const taken = Buffer.from(this.#queue.bytes.subarray(0, count));
    this.#queue.drop(count);
    this.#searched = 0;
    this.#found++;
    return taken;
  }
}

function lengthIn(headers: Buffer): number | undefined {
  const length = [...headers.toString('latin1').matchAll(/^content-length\s*:\s*(\d+)\s*$/gim)].at(-1)?.[1];
  return length === undefined ? undefined : Number(length);
}

/** The end of the data before a delimiter: before its dashes and its line break. */
function beforeLine(bytes: Buffer, delimiter: number): number {
  let at = delimiter;
  while (bytes[at - 1] === DASH) at--;
  if (bytes[at - 1] === LF) at--;
  return bytes[at - 1] === CR ? at - 1 : at;
}

/** Whether a line break or a delimiter without one may stand at this position. */
function endsPart(bytes: Buffer, at: number): boolean {
  const [first, second] = bytes.subarray(at, at + 2);
  return (first === CR && second === LF) || (first === DASH && second === DASH);
}

function isBlank(bytes: Buffer): boolean {
  return bytes.every((byte) => byte === CR || byte === LF);
}

/** Whether these bytes may be, after line breaks, the beginning of a JPEG's start. */
function mayBeginJpeg(bytes: Buffer): boolean {
  const from = bytes.findIndex((byte) => byte !== CR && byte !== LF);
  const begun = from === -1 ? Buffer.alloc(0) : bytes.subarray(from, from + START_OF_JPEG.length);
  return begun.equals(START_OF_JPEG.subarray(0, begun.length));
}

function tooLarge(): InkError {
  return new InkError('INK_CAMERA_FAILED', 'The stream holds a picture of more than 32 MiB.');
}
