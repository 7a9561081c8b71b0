import { InkError } from '@inkcast/shared/errors';

const [LF, CR, DASH] = [0x0a, 0x0d, 0x2d];
/** A part without an end in sight, or headers without one, are no pictures. */
const LARGEST_PART = 32 * 1024 * 1024;
const LARGEST_HEADERS = 16 * 1024;

/**
 * Takes the bodies out of a stream of `multipart/x-mixed-replace` (parts as in RFC 2046, 5.1) as cameras send it: with
 * Content-Length or without, boundaries whose `--` is already in the Content-Type, lines that end with LF alone.
 */
export class MultipartParser {
  readonly #delimiter: Buffer;
  /** What has not been looked at yet, since the part is longer than that. */
  #unread: Uint8Array[] = [];
  #unreadBytes = 0;
  #pending: Buffer = Buffer.alloc(0);
  /** Bytes of `#pending` that are known to hold no delimiter. */
  #searched = 0;
  /** `undefined` while headers are read; the body's length, or `unknown` where they do not tell it. */
  #length: number | 'unknown' | undefined;

  /** @param boundary as the Content-Type gives it */
  constructor(boundary: string) {
    this.#delimiter = Buffer.from(boundary.startsWith('--') ? boundary : `--${boundary}`);
  }

  /**
   * @returns the bodies that this chunk completes; one without Content-Length is complete when the next part begins
   * @throws InkError INK_CAMERA_FAILED for a part larger than 32 MiB, or headers larger than 16 KiB
   */
  push(chunk: Uint8Array): Buffer[] {
    this.#unread.push(chunk);
    this.#unreadBytes += chunk.length;
    if (typeof this.#length === 'number' && this.#pending.length + this.#unreadBytes < this.#length) return [];
    this.#pending = Buffer.concat([this.#pending, ...this.#unread]);
    this.#unread = [];
    this.#unreadBytes = 0;
    const bodies: Buffer[] = [];
    for (;;) {
      if (this.#length === undefined && !this.#takeHeaders()) return bodies;
      const body = this.#takeBody();
      if (body === undefined) return bodies;
      if (body.length > 0) bodies.push(body);
    }
  }

  /** Passes the delimiter and the headers of a part. @returns whether they were complete */
  #takeHeaders(): boolean {
    const delimiter = this.#pending.indexOf(this.#delimiter);
    const from = delimiter === -1 ? 0 : delimiter + this.#delimiter.length;
    const end = delimiter === -1 ? undefined : headersEnd(this.#pending, from);
    if (end === undefined) {
      if (this.#pending.length - from > LARGEST_HEADERS) {
        throw new InkError('INK_CAMERA_FAILED', 'The stream holds no part of a multipart message where one is due.');
      }
      return false;
    }
    const length = /^content-length:\s*(\d+)\s*$/im.exec(this.#pending.toString('latin1', from, end))?.[1];
    this.#length = length === undefined ? 'unknown' : Number(length);
    if (Number(length) > LARGEST_PART) throw tooLarge();
    this.#drop(end);
    return true;
  }

  #takeBody(): Buffer | undefined {
    const end = typeof this.#length === 'number' ? this.#length : this.#bodyEnd();
    if (end === undefined || end > this.#pending.length) {
      if (this.#pending.length > LARGEST_PART) throw tooLarge();
      return undefined;
    }
    // A copy: what is pending would otherwise be kept whole as long as the picture is.
    const body = Buffer.from(this.#pending.subarray(0, end));
    this.#length = undefined;
    this.#drop(end);
    return body;
  }

  /** Where a body of unknown length ends: at the line break before the next delimiter. */
  #bodyEnd(): number | undefined {
    let at = this.#pending.indexOf(this.#delimiter, this.#searched);
    if (at === -1) {
      this.#searched = Math.max(0, this.#pending.length - this.#delimiter.length);
      return undefined;
    }
    // The delimiter's own dashes, where the boundary has some besides.
    while (this.#pending[at - 1] === DASH) at--;
    if (this.#pending[at - 1] === LF) at--;
    return this.#pending[at - 1] === CR ? at - 1 : at;
  }

  #drop(count: number): void {
    this.#pending = this.#pending.subarray(count);
    this.#searched = 0;
  }
}

/** Where the body begins: after the first empty line. */
function headersEnd(bytes: Buffer, from: number): number | undefined {
  const ends = ['\r\n\r\n', '\n\n'].flatMap((mark) => {
    const at = bytes.indexOf(mark, from, 'latin1');
    return at === -1 ? [] : [at + mark.length];
  });
  return ends.length === 0 ? undefined : Math.min(...ends);
}

function tooLarge(): InkError {
  return new InkError('INK_CAMERA_FAILED', 'The stream holds a picture of more than 32 MiB.');
}
