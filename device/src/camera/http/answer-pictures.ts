import type { IncomingHttpHeaders } from 'node:http';
import { InkError } from '@inkcast/shared/errors';
import { MultipartParser } from '../multipart-parser.js';
import { pictureFormat, TELLING_BYTES } from '../picture-format.js';

/** A longer body without a picture is not a picture. */
const MAX_BODY_BYTES = 32 * 1024 * 1024;
const BOUNDARY = /;\s*boundary\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s;]+))/i;

/**
 * Finds the pictures in one response. Its Content-Type is only a hint: a stream of JPEGs is recognized by its JPEGs. A
 * picture of another format is the whole body.
 */
export class AnswerPictures {
  /** Whether the server announces a stream of pictures. */
  readonly isStream: boolean;
  readonly #isImage: boolean;
  /** Whether the body has an announced length. It is then a single picture, which a preview may follow. */
  readonly #isSingle: boolean;
  readonly #parser: MultipartParser;
  /** The body up to now, as long as no picture has been found in it. */
  #body: Uint8Array[] = [];
  #bodyBytes = 0;
  #found = 0;
  /** Whether to search for JPEGs; undecided until the body has shown its format. */
  #looks: boolean | undefined;

  constructor(headers: IncomingHttpHeaders) {
    const type = headers['content-type'] ?? '';
    const [, quoted, apostrophized, bare] = BOUNDARY.exec(type) ?? [];
    this.isStream = /^\s*multipart\//i.test(type);
    this.#isImage = /^\s*image\//i.test(type);
    this.#isSingle = !this.isStream && headers['content-length'] !== undefined;
    this.#parser = new MultipartParser((quoted ?? apostrophized ?? bare)?.trim());
  }

  /**
   * @returns the pictures that this chunk completes
   * @throws InkError INK_CAMERA_FAILED for a picture larger than 32 MiB, or a stream without pictures
   */
  push(chunk: Uint8Array): Uint8Array[] {
    if (this.#found > 0) return this.#isSingle ? [] : this.#count(this.#parser.push(chunk));
    this.#body.push(chunk);
    this.#bodyBytes += chunk.length;
    if (this.#bodyBytes > MAX_BODY_BYTES) throw new InkError('INK_CAMERA_FAILED', 'The answer is larger than 32 MiB.');
    if (this.#looks !== undefined) return this.#look(chunk);
    return this.#bodyBytes < TELLING_BYTES ? [] : this.#begin();
  }

  /** Ends the body. @returns the pictures that are complete because of that */
  end(): Uint8Array[] {
    const last = this.#looks === undefined ? this.#begin() : [];
    if (this.#found > 0) return last;
    const rest = this.#parser.end();
    if (rest !== undefined) return [rest];
    const whole = Buffer.concat(this.#body);
    return this.#isImage || pictureFormat(whole) !== undefined ? [whole] : [];
  }

  #begin(): Uint8Array[] {
    const begun = Buffer.concat(this.#body);
    // A JPEG inside a picture of another format is a thumbnail.
    this.#looks = this.isStream || (pictureFormat(begun)?.name ?? 'JPEG') === 'JPEG';
    return this.#look(begun);
  }

  #look(chunk: Uint8Array): Uint8Array[] {
    if (this.#looks !== true) return [];
    try {
      return this.#count(this.#parser.push(chunk));
    } catch (error) {
      // An announced stream must be one; any other body may be a picture or a web page.
      if (this.isStream) throw error;
      this.#looks = false;
      return [];
    }
  }

  #count(pictures: Uint8Array[]): Uint8Array[] {
    if (pictures.length > 0) this.#body = [];
    this.#found += pictures.length;
    return this.#isSingle ? pictures.slice(0, 1) : pictures;
  }
}
