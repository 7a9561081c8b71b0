import { InkError } from '@inkcast/shared/errors';
import { decodeText } from '@inkcast/shared/files';

/**
 * The password in a file with a single line. A byte order mark and the final newline, which editors add, are not part
 * of the password.
 *
 * @throws InkError INK_MQTT_SECRET naming the file, never its content
 */
export function passwordIn(path: string, bytes: Uint8Array): string {
  const text = decodeText(bytes);
  // UTF-16 without a byte order mark is valid UTF-8 with a NUL beside each letter.
  if (text === undefined || text.includes('\0')) throw fault(`${path} is not text in UTF-8.`, 'Save it as UTF-8.');
  const password = text.replace(/[\r\n]+$/, '');
  if (password === '') throw fault(`${path} is empty.`, 'Write the password into it.');
  if (/[\r\n]/.test(password)) {
    throw fault(`${path} has more than one line.`, 'Leave nothing in it but the password.');
  }
  return password;
}

/**
 * A file of certificates or a key in PEM format (RFC 7468). A byte order mark is removed, because it would hide the
 * first entry from OpenSSL.
 *
 * @param label of the entries that it must hold
 * @throws InkError INK_MQTT_SECRET naming the file
 */
export function pemIn(path: string, bytes: Uint8Array, label: 'CERTIFICATE' | 'PRIVATE KEY'): string {
  // The text between the certificates may have any encoding.
  const text = decodeText(bytes) ?? Buffer.from(bytes).toString('latin1');
  const labels = [...text.matchAll(/^-----BEGIN ([A-Z0-9 ]+)-----/gm)].map(([, found]) => found);
  const wanted = label === 'CERTIFICATE' ? 'certificate' : 'key';
  if (!labels.some((found) => found.endsWith(label))) {
    const instead = labels.length === 0 ? '' : `, but ${labels.join(', ').toLowerCase()}`;
    throw fault(`${path} holds no ${wanted} in PEM format${instead}.`, 'It begins with -----BEGIN; see openssl x509.');
  }
  const encrypted = labels.includes('ENCRYPTED PRIVATE KEY') || /^Proc-Type: 4,ENCRYPTED/m.test(text);
  if (label === 'PRIVATE KEY' && encrypted) {
    throw fault(`The key ${path} needs a passphrase.`, 'Write it without one: openssl pkey -in KEY -out NEW_KEY.');
  }
  return text;
}

function fault(happened: string, remedy: string): InkError {
  return new InkError('INK_MQTT_SECRET', happened, { remedy });
}
