import type { IClientOptions } from 'mqtt';
import type { BrokerAddress } from './broker-address.js';
import type { BrokerSettings } from './broker-settings.js';
import type { OutgoingMessage } from './mqtt-message.js';
import { asOffered, type Offer } from './offer.js';
import type { Secrets } from './secrets.js';

/** Maximum time for the broker's answer. */
export const CONNECT_TIMEOUT_MS = 15_000;
const DEFAULT_KEEPALIVE_SECONDS = 30;
const DEFAULT_SESSION_EXPIRY_SECONDS = 300;
/** Maximum incoming messages in flight; requests are rare. */
const RECEIVE_MAXIMUM = 20;
/** Maximum packet that the broker may send. The largest packets are requests that contain a model. */
export const MAX_PACKET_BYTES = 16 * 1024 * 1024;

export interface LinkOptions {
  readonly address: BrokerAddress;
  readonly settings: BrokerSettings;
  readonly secrets: Secrets;
  readonly clientId: string;
  readonly will: OutgoingMessage | undefined;
  readonly offer: Offer;
}

/** Options for the mqtt package. */
export function clientOptions({ address, settings, secrets, clientId, will, offer }: LinkOptions): IClientOptions {
  const { protocol, host, port, path, secure } = address;
  const five = offer.version === '5';
  const username = settings.username ?? address.username;
  const password = secrets.password ?? address.password;
  const tls = secure ? tlsOptions(settings, secrets) : {};
  return {
    protocol,
    host,
    hostname: host,
    port,
    path,
    ...tls,
    ...(protocol === 'wss' ? { wsOptions: tls } : {}),
    clientId,
    ...(username === undefined ? {} : { username }),
    // A Buffer, because the package logs texts if DEBUG is set.
    ...(password === undefined ? {} : { password: Buffer.from(password) }),
    protocolVersion: five ? 5 : 4,
    // Only MQTT 5 has session expiry. Without it, a broker would keep a device's session for ever.
    clean: !five,
    keepalive: settings.keepaliveSeconds ?? DEFAULT_KEEPALIVE_SECONDS,
    connectTimeout: CONNECT_TIMEOUT_MS,
    reconnectPeriod: 0,
    resubscribe: false,
    queueQoSZero: false,
    ...(five
      ? {
          properties: {
            sessionExpiryInterval: settings.sessionExpirySeconds ?? DEFAULT_SESSION_EXPIRY_SECONDS,
            receiveMaximum: RECEIVE_MAXIMUM,
            maximumPacketSize: MAX_PACKET_BYTES,
          },
        }
      : {}),
    ...(will === undefined ? {} : { will: willOf(will, offer) }),
    // Otherwise the package would log whole packets too.
    log: () => {},
  };
}

function tlsOptions({ tls }: BrokerSettings, { ca, certificate, key }: Secrets) {
  return {
    rejectUnauthorized: true,
    ...(ca === undefined ? {} : { ca }),
    ...(certificate === undefined ? {} : { cert: certificate }),
    ...(key === undefined ? {} : { key }),
    ...(tls?.serverName === undefined ? {} : { servername: tls.serverName }),
  };
}

function willOf(will: OutgoingMessage, offer: Offer) {
  const { topic, payload, qos, retain, contentType } = asOffered(will, offer);
  return {
    topic,
    payload: Buffer.from(payload),
    qos,
    retain,
    ...(offer.version === '5' && contentType !== undefined
      ? { properties: { contentType, payloadFormatIndicator: true } }
      : {}),
  };
}
