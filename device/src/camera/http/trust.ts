import { InkError } from '@inkcast/shared/errors';
import { readWholeFile } from '@inkcast/shared/files';

/** Certificates to trust instead of the system's authorities. */
export interface Trust {
  /** Certificates in PEM: authorities that replace the system's, or the camera's own certificate. */
  readonly ca: readonly string[];
  /**
   * SHA-256 of the camera's certificate in hexadecimal digits, with or without colons. If it is set, nothing else
   * counts.
   */
  readonly fingerprint: string | undefined;
}

const CERTIFICATE = /-----BEGIN (?:TRUSTED |X509 )?CERTIFICATE-----[^-]+-----END (?:TRUSTED |X509 )?CERTIFICATE-----/g;

/**
 * @param ca a PEM file
 * @throws InkError INK_FILE_UNREADABLE if the file cannot be read or holds no certificate
 */
export async function readTrust({ ca, fingerprint }: { ca?: string; fingerprint?: string }): Promise<Trust> {
  if (ca === undefined) return { ca: [], fingerprint };
  const certificates = (await readWholeFile(ca)).toString('latin1').match(CERTIFICATE) ?? [];
  if (certificates.length > 0) return { ca: certificates, fingerprint };
  throw new InkError('INK_FILE_UNREADABLE', `${ca} holds no certificate in PEM.`, {
    remedy: 'A certificate in PEM begins with -----BEGIN CERTIFICATE-----; openssl x509 -inform DER converts others.',
  });
}
