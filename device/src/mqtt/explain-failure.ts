import { type ErrorCode, InkError } from '@inkcast/shared/errors';
import { type BrokerAddress, nameOf } from './broker-address.js';
import { SilentClose } from './handshake.js';
import { connackCode, reasonFor } from './reason-codes.js';
import { StrangeAnswer } from './strange-answer.js';

/** What is known about a failed attempt to connect. */
export interface ConnectionAttempt {
  readonly address: BrokerAddress;
  readonly clientId: string;
  readonly username: string | undefined;
  readonly certificate: string | undefined;
}

/** Code, reason, and a remedy if that of the code does not fit. */
type Cause = readonly [ErrorCode, (attempt: ConnectionAttempt) => string, string?];

const WEBSOCKET_PATH =
  'Write the path that the broker has for MQTT into mqtt.url, such as /mqtt (EMQX, HiveMQ), /ws (RabbitMQ) or / (Mosquitto).';
const NO_WEBSOCKET = 'Write mqtt:// instead of ws://, or use the port for WebSockets.';
const NO_TLS = 'Write mqtt:// instead of mqtts:// (ws:// instead of wss://), or use the port for TLS, usually 8883.';
const TLS_VERSION = 'Have the broker offer TLS 1.2 or 1.3.';
const closed = () => 'it closed the connection without an answer';
/** Possible causes of a connection that ends without an answer. */
const SILENCE =
  "Look into the broker's log. It may want TLS (mqtts:// or wss://), or another version of MQTT (mqtt.version), or be no broker.";

/** Error codes of Node, libuv and OpenSSL, with their meaning for a connection to a broker. */
const CAUSES: Readonly<Record<string, Cause>> = {
  ECONNREFUSED: [
    'INK_MQTT_CONNECT',
    ({ address }) => `nothing listens there${address.host === 'localhost' ? ', neither at 127.0.0.1 nor at ::1' : ''}`,
  ],
  EADDRNOTAVAIL: ['INK_MQTT_CONNECT', ({ address }) => `this machine has no way to ${address.host}`],
  EAFNOSUPPORT: ['INK_MQTT_CONNECT', ({ address }) => `this machine has no way to ${address.host}`],
  EINVAL: ['INK_MQTT_CONNECT', ({ address }) => `${address.host} is no address to connect to`],
  EACCES: ['INK_MQTT_CONNECT', () => 'the system forbids the connection'],
  EPERM: ['INK_MQTT_CONNECT', () => 'the system forbids the connection'],
  ENETDOWN: ['INK_MQTT_CONNECT', () => 'there is no network'],
  EHOSTDOWN: ['INK_MQTT_CONNECT', () => 'that host is down'],
  HPE_INVALID_CONSTANT: [
    'INK_MQTT_NOT_A_BROKER',
    () => 'it does not speak HTTP there, as WebSockets need',
    NO_WEBSOCKET,
  ],
  ENOTFOUND: ['INK_MQTT_CONNECT', ({ address }) => `the name ${address.host} is unknown`],
  EAI_AGAIN: ['INK_MQTT_CONNECT', ({ address }) => `the name ${address.host} cannot be looked up now`],
  EHOSTUNREACH: ['INK_MQTT_CONNECT', () => 'there is no way to that host'],
  ENETUNREACH: ['INK_MQTT_CONNECT', () => 'there is no network'],
  ETIMEDOUT: ['INK_MQTT_CONNECT', () => 'it does not answer'],
  ECONNRESET: ['INK_MQTT_CONNECT', closed, SILENCE],
  EPIPE: ['INK_MQTT_CONNECT', closed, SILENCE],
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
  ERR_SSL_WRONG_VERSION_NUMBER: ['INK_MQTT_CONNECT', () => 'it does not speak TLS there', NO_TLS],
  ERR_SSL_PACKET_LENGTH_TOO_LONG: ['INK_MQTT_CONNECT', () => 'it does not speak TLS there', NO_TLS],
  ERR_SSL_HTTP_REQUEST: ['INK_MQTT_CONNECT', () => 'it does not speak TLS there', NO_TLS],
  ERR_SSL_UNSUPPORTED_PROTOCOL: ['INK_MQTT_CONNECT', () => 'its version of TLS is not safe', TLS_VERSION],
  ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION: [
    'INK_MQTT_CONNECT',
    () => 'it speaks none of our versions of TLS',
    TLS_VERSION,
  ],
  ERR_OSSL_PEM_NO_START_LINE: ['INK_MQTT_SECRET', () => 'a certificate or key file is not in PEM format'],
  ERR_OSSL_X509_KEY_VALUES_MISMATCH: [
    'INK_MQTT_CERTIFICATE',
    () => 'our certificate and our key do not belong together',
  ],
};

/** CONNACK's reason codes with their own error codes. */
const REFUSALS: Readonly<Record<number, ErrorCode>> = { 134: 'INK_MQTT_CREDENTIALS', 135: 'INK_MQTT_CREDENTIALS' };

/** Explains in a sentence why a connection could not be made. */
export function explainFailure(error: unknown, attempt: ConnectionAttempt): InkError {
  if (error instanceof InkError) return error;
  const broker = nameOf(attempt.address);
  const code = codeOf(error);
  if (typeof code === 'number') return explainRefusal(connackCode(code), attempt, error);
  const [inkCode, reason, remedy] = causeOf(error, code);
  const happened = `The broker ${broker} cannot be used: ${reason(attempt)}.`;
  return new InkError(inkCode, happened, { cause: error, ...(remedy === undefined ? {} : { remedy }) });
}

function explainRefusal(code: number, { address, clientId, username }: ConnectionAttempt, cause: unknown): InkError {
  const who = username === undefined ? `client ${clientId}, which gives no user` : `user ${username}`;
  // Mosquitto reports "not authorized" for a wrong password too.
  const reason = code === 135 ? 'user or password is wrong, or may not connect' : reasonFor(code);
  return new InkError(
    REFUSALS[code] ?? 'INK_MQTT_REFUSED',
    `The broker ${nameOf(address)} refused ${who}, because ${reason}.`,
    { cause },
  );
}

function causeOf(error: unknown, code: string | undefined): Cause {
  if (error instanceof StrangeAnswer) return ['INK_MQTT_NOT_A_BROKER', () => error.reason, error.remedy];
  if (error instanceof SilentClose) return ['INK_MQTT_CONNECT', () => error.message, SILENCE];
  const message = error instanceof Error ? error.message : String(error);
  if (/before secure TLS connection/.test(message)) {
    return ['INK_MQTT_CONNECT', () => 'it closed the connection before TLS had begun', NO_TLS];
  }
  const known = CAUSES[opensslCode(message) ?? code ?? ''] ?? webSocketCause(message);
  if (known !== undefined) return known;
  const reason = message === 'connack timeout' ? 'it does not answer' : oneLine(message);
  return ['INK_MQTT_CONNECT', () => reason];
}

/**
 * Errors during the TLS handshake contain OpenSSL's reason only in their text: `error:0A00010B:SSL routines::wrong
 * version`.
 */
function opensslCode(message: string): string | undefined {
  const [, reason] = /error:[0-9A-F]{8}:SSL routines:[^:]*:([^:\n]+)/.exec(message) ?? [];
  return reason === undefined ? undefined : `ERR_SSL_${reason.trim().toUpperCase().replaceAll(' ', '_')}`;
}

/** The ws package's errors have no codes. */
function webSocketCause(message: string): Cause | undefined {
  const [, status] = /^Unexpected server response: (\d+)/.exec(message) ?? [];
  if (status !== undefined) {
    const reason = `a web server answers there with ${status} and opens no WebSocket`;
    return ['INK_MQTT_NOT_A_BROKER', () => reason, WEBSOCKET_PATH];
  }
  if (!/subprotocol|Sec-WebSocket|Invalid Upgrade/i.test(message)) return undefined;
  return ['INK_MQTT_NOT_A_BROKER', () => 'the WebSocket there is not one for MQTT', WEBSOCKET_PATH];
}

function oneLine(message: string): string {
  return message.trim().split('\n')[0].replace(/\.?$/, '');
}

function codeOf(error: unknown): string | number | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  return typeof error.code === 'string' || typeof error.code === 'number' ? error.code : undefined;
}
