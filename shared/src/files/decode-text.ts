/**
 * The text of a file as people's editors save it: in UTF-8, or in UTF-16 where a byte order mark says so (The Unicode
 * Standard, section 23.8). The mark is no part of the text.
 *
 * @returns undefined where the bytes are no text in that encoding
 */
export function decodeText(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder(encodingOf(bytes), { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function encodingOf([first, second]: Uint8Array): string {
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  return first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8';
}
