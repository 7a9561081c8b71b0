import { type ErrorCode, InkError } from '@inkcast/shared/errors';
import { type BrokerAddress, nameOf } from './broker-address.js';
import { connackCode, reasonFor } from './reason-codes.js';

/** What is known when a connection could not be made. */
export interface ConnectionAttempt {
  readonly address: BrokerAddress;
  readonly clientId: string;
  readonly username: string | undefined;
  readonly certificate: string | undefined;
}

/** Node's, libuv's and OpenSSL's codes, with what they mean for a connection to a broker. */
const CAUSES: Readonly<Record<string, readonly [ErrorCode, (attempt: ConnectionAttempt) => string]>> = {
  ECONNREFUSED: ['INK_MQTT_CONNECT', () => 'nothing listens there'],
  ENOTFOUND: ['INK_MQTT_CONNECT', ({ address }) => `the name ${address.host} is unknown`],
  EAI_AGAIN: ['INK_MQTT_CONNECT', ({ address }) => `the name ${address.host} cannot be looked up now`],
  EHOSTUNREACH: ['INK_MQTT_CONNECT', () => 'there is no way to that host'],
  ENETUNREACH: ['INK_MQTT_CONNECT', () => 'there is no network'],
  ETIMEDOUT: ['INK_MQTT_CONNECT', () => 'it does not answer'],
  ECONNRESET: ['INK_MQTT_CONNECT', () => 'it closed the connection'],
  EPIPE: ['INK_MQTT_CONNECT', () => 'it closed the connection'],
  SELF_SIGNED_CERT_IN_CHAIN: ['INK_MQTT_UNTRUSTED', () => 'its authority is not among those trusted'],
  DEPTH_ZERO_SELF_SIGNED_CERT: ['INK_MQTT_UNTRUSTED', () => 'its certificate is self-signed and not trusted'],
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: ['INK_MQTT_UNTRUSTED', () => 'no trusted authority signed its certificate'],
  UNABLE_TO_GET_ISSUER_CERT: ['INK_MQTT_UNTRUSTED', () => 'no trusted authority signed its certificate'],
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: ['INK_MQTT_UNTRUSTED', () => 'no trusted authority signed its certificate'],
  CERT_SIGNATURE_FAILURE: ['INK_MQTT_UNTRUSTED', () => 'no trusted authority signed its certificate'],
  CERT_HAS_EXPIRED: ['INK_MQTT_EXPIRED', () => "the broker's certificate has expired"],
  CERT_NOT_YET_VALID: ['INK_MQTT_EXPIRED', () => "the broker's certificate is not valid yet"],
  ERR_TLS_CERT_ALTNAME_INVALID: ['INK_MQTT_NAME', () => 'its certificate is for another name'],
  ERR_SSL_SSLV3_ALERT_CERTIFICATE_EXPIRED: [
    'INK_MQTT_CERTIFICATE',
    ({ certificate }) => `our certificate ${certificate ?? ''} has expired`,
  ],
  ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED: ['INK_MQTT_CERTIFICATE', () => 'it wants a certificate from us'],
  ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE: ['INK_MQTT_CERTIFICATE', () => 'it ended the handshake'],
  ERR_SSL_TLSV1_ALERT_UNKNOWN_CA: [
    'INK_MQTT_CERTIFICATE',
    ({ certificate }) => `it does not know the authority of our certificate ${certificate ?? ''}`,
  ],
  ERR_SSL_SSLV3_ALERT_BAD_CERTIFICATE: ['INK_MQTT_CERTIFICATE', () => 'it refuses our certificate'],
  ERR_SSL_SSLV3_ALERT_CERTIFICATE_REVOKED: ['INK_MQTT_CERTIFICATE', () => 'our certificate has been revoked'],
  ERR_SSL_WRONG_VERSION_NUMBER: ['INK_MQTT_CONNECT', () => 'it does not speak TLS there'],
  ERR_OSSL_PEM_NO_START_LINE: ['INK_MQTT_SECRET', () => 'a certificate or key file is not in PEM format'],
  ERR_OSSL_X509_KEY_VALUES_MISMATCH: [
    'INK_MQTT_CERTIFICATE',
    () => 'our certificate and our key do not belong together',
  ],
};

/** CONNACK's reasons that have a code of their own. */
const REFUSALS: Readonly<Record<number, ErrorCode>> = { 134: 'INK_MQTT_CREDENTIALS', 135: 'INK_MQTT_CREDENTIALS' };

/** Why a connection could not be made, in a sentence. */
export function explainFailure(error: unknown, attempt: ConnectionAttempt): InkError {
  if (error instanceof InkError) return error;
  const broker = nameOf(attempt.address);
  const code = codeOf(error);
  if (typeof code === 'number') return explainRefusal(connackCode(code), attempt, error);
  const known = code === undefined ? undefined : CAUSES[code];
  if (known !== undefined) {
    const [inkCode, reason] = known;
    return new InkError(inkCode, `The broker ${broker} cannot be used: ${reason(attempt)}.`, { cause: error });
  }
  const message = error instanceof Error ? error.message : String(error);
  const reason = message === 'connack timeout' ? 'it does not answer' : message.replace(/\.?$/, '');
  return new InkError('INK_MQTT_CONNECT', `The broker ${broker} cannot be used: ${reason}.`, { cause: error });
}

function explainRefusal(code: number, { address, clientId, username }: ConnectionAttempt, cause: unknown): InkError {
  const who = username === undefined ? `client ${clientId}, which gives no user` : `user ${username}`;
  // Mosquitto says "not authorized" for a wrong password too.
  const reason = code === 135 ? 'user or password is wrong, or may not connect' : reasonFor(code);
  return new InkError(
    REFUSALS[code] ?? 'INK_MQTT_REFUSED',
    `The broker ${nameOf(address)} refused ${who}, because ${reason}.`,
    { cause },
  );
}

function codeOf(error: unknown): string | number | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  return typeof error.code === 'string' || typeof error.code === 'number' ? error.code : undefined;
}
