/**
 * Decodes a text file from an editor: UTF-8, or UTF-16 if it begins with a byte order mark (The Unicode Standard,
 * section 23.8). The mark is not part of the text.
 *
 * @returns undefined if the bytes are not text in that encoding
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
