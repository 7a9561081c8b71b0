/**
 * Decodes a part of an address, such as a password (RFC 3986, 2.1). A percent sign that encodes nothing is kept,
 * because people type addresses like that.
 */
export function decodePercent(text: string): string {
  return text.replace(/(?:%[0-9a-f]{2})+/gi, (codes) => {
    try {
      return decodeURIComponent(codes);
    } catch {
      // These bytes are not UTF-8.
      return codes;
    }
  });
}
