import { X509Certificate } from 'node:crypto';
import { Agent, type RequestOptions } from 'node:https';
import type { Duplex } from 'node:stream';
import { connect, type DetailedPeerCertificate, type TLSSocket } from 'node:tls';
import { InkError } from '@inkcast/shared/errors';
import type { Trust } from './trust.js';

/** Opens TLS connections to cameras. Their certificates are often self-signed and issued for another name. */
export class TrustingAgent extends Agent {
  readonly #trust: Trust;

  constructor(trust: Trust) {
    super({ keepAlive: true });
    this.#trust = trust;
  }

  /** Returns a connection only after its certificate was trusted, so that no other server receives the password. */
  override createConnection(
    options: RequestOptions,
    callback?: (error: Error | null, stream: Duplex) => void,
  ): Duplex | null | undefined {
    const { ca } = this.#trust;
    const { host, servername } = { servername: undefined, ...options };
    const socket = connect({
      ...{ host: host ?? undefined, port: Number(options.port), rejectUnauthorized: false },
      ...(servername === undefined ? {} : { servername }),
      ...(ca.length === 0 ? {} : { ca: [...ca] }),
    });
    const over = (error: Error | null) => {
      socket.off('error', over);
      if (error !== null) socket.destroy();
      callback?.(error, socket);
    };
    socket.once('error', over);
    socket.once('secureConnect', () => over(this.#objection(socket) ?? null));
    return undefined;
  }

  #objection(socket: TLSSocket): Error | undefined {
    const certificate = socket.getPeerCertificate(true);
    const { ca, fingerprint } = this.#trust;
    if (fingerprint !== undefined) {
      if (plain(fingerprint) === plain(certificate.fingerprint256)) return undefined;
      return new InkError(
        'INK_CAMERA_FAILED',
        `The camera shows ${shown(certificate)}, not that of camera.tls.fingerprint.`,
        {
          remedy: 'Where the camera has a new certificate, set the new fingerprint; otherwise it is not the camera.',
        },
      );
    }
    if (socket.authorized || isAmong(ca, certificate)) return undefined;
    const reason = String(socket.authorizationError).toLowerCase().replaceAll('_', ' ');
    return new InkError(
      'INK_CAMERA_FAILED',
      `The camera shows ${shown(certificate)}, which is not trusted: ${reason}.`,
      {
        remedy:
          'Where it is the camera’s, set camera.tls.fingerprint to it, or camera.tls.ca to a file of its authority.',
      },
    );
  }
}

/** Whether the camera's own certificate is trusted explicitly, whatever its name and period. */
function isAmong(ca: readonly string[], { raw }: DetailedPeerCertificate): boolean {
  return ca.some((pem) => new X509Certificate(pem).raw.equals(raw));
}

function shown({ fingerprint256 }: DetailedPeerCertificate): string {
  return `a certificate with the fingerprint ${fingerprint256}`;
}

/** The hexadecimal digits of a fingerprint, without the text that openssl adds. */
function plain(fingerprint: string): string {
  return fingerprint
    .replace(/^sha-?256( fingerprint)?[=:]/i, '')
    .replaceAll(':', '')
    .toLowerCase();
}
