/**
 * A part of an address, such as a password: decodes what is encoded (RFC 3986, 2.1), and leaves a percent sign that encodes
 * nothing, as people type it.
 */
export function decodePercent(text: string): string {
  return text.replace(/(?:%[0-9a-f]{2})+/gi, (codes) => {
    try {
      return decodeURIComponent(codes);
    } catch {
      // These bytes are no UTF-8.
      return codes;
    }
  });
}
