const [FF, SOI, EOI, SOS] = [0xff, 0xd8, 0xd9, 0xda];
/** Markers that may stand between two scans: DHT, DQT, DNL, DRI, COM. Any other marker in coded data is damage. */
const BETWEEN_SCANS = new Set([0xc4, 0xdb, 0xdc, 0xdd, 0xfe]);
/** Markers without a length: TEM, and the restart markers RST0 to RST7. */
const isAlone = (marker: number) => marker === 0x01 || (marker >= 0xd0 && marker <= 0xd7);

/** The bytes that every JPEG begins with. */
export const START_OF_JPEG = Buffer.of(FF, SOI, FF);

/**
 * Finds the end of a JPEG by its markers (ITU T.81, B.1) while its bytes arrive. A thumbnail inside a segment does not
 * end it.
 */
export class JpegEnd {
  /** The bytes before this position have been parsed. The first two are the start marker. */
  #at = 2;
  /** Whether the position is in coded data, where a marker may follow anywhere. */
  #inScan = false;
  #codedFrom = Number.POSITIVE_INFINITY;

  /** Where coded data begins; the JPEG cannot end before it. */
  get codedFrom(): number {
    return this.#codedFrom;
  }

  /**
   * @param bytes the picture so far, from its start marker on
   * @returns where it ends, and whether by its end marker; without one, it ends where the next picture starts.
   * `undefined` if the end has not arrived yet
   */
  find(bytes: Buffer): { readonly end: number; readonly marked: boolean } | undefined {
    for (;;) {
      // Bytes between segments are not allowed; like decoders, this skips them.
      const at = bytes.indexOf(FF, this.#at);
      if (at === -1 || at + 1 >= bytes.length) {
        this.#at = at === -1 ? Math.max(this.#at, bytes.length) : at;
        return undefined;
      }
      const marker = bytes.readUInt8(at + 1);
      if (marker === EOI) return { end: at + 2, marked: true };
      if (marker === SOI) return { end: at, marked: false };
      if (marker === FF) this.#at = at + 1;
      else if (isAlone(marker) || (this.#inScan && marker !== SOS && !BETWEEN_SCANS.has(marker))) this.#at = at + 2;
      else if (at + 4 > bytes.length) {
        this.#at = at;
        return undefined;
      } else {
        this.#at = at + 2 + bytes.readUInt16BE(at + 2);
        this.#inScan = marker === SOS;
        if (this.#inScan) this.#codedFrom = Math.min(this.#codedFrom, this.#at);
      }
    }
  }
}
