/** Why a request failed, in words, from an error of Node, llhttp or OpenSSL. One line. */
export function failureReason(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = 'code' in error ? String(error.code) : '';
  const [line] = error.message.trim().split('\n');
  // OpenSSL's reason is in the text alone where the handshake has failed.
  if (/wrong version number|packet length too long|http request/i.test(line)) {
    return 'it does not speak TLS there; write http:// instead of https://';
  }
  return code.startsWith('HPE_') ? `it does not speak HTTP there (${line})` : line;
}
