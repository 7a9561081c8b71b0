import { connect, type LookupFunction } from 'node:net';
import mqtt, { type IClientOptions, type MqttClient } from 'mqtt';

/** Where this machine itself is, by both versions of IP. */
const LOOPBACK = [
  { address: '127.0.0.1', family: 4 },
  { address: '::1', family: 6 },
] as const;

/**
 * Time for one of several addresses of a host. Node.js gives each but the last 250 ms, which mobile networks do not
 * always keep.
 */
const ATTEMPT_MS = 2500;

/** Opens a connection, and begins it with CONNECT. */
export function openClient(options: IClientOptions): MqttClient {
  const { protocol, host, port } = options;
  const way = {
    autoSelectFamilyAttemptTimeout: ATTEMPT_MS,
    ...(host === 'localhost' ? { lookup: lookupLoopback } : {}),
  };
  if (protocol === 'mqtts') return mqtt.connect({ ...options, ...way });
  if (protocol !== 'mqtt') return mqtt.connect({ ...options, wsOptions: { ...options.wsOptions, ...way } });
  // The package would pass on nothing but host and port.
  return new mqtt.MqttClient(() => connect({ host, port: port ?? 1883, ...way }), options);
}

/**
 * Both addresses of localhost (RFC 6761, section 6.3): many systems name one of them alone, and a broker may listen to
 * the other.
 */
const lookupLoopback: LookupFunction = (_, { all }, callback) => {
  if (all === true) callback(null, [...LOOPBACK]);
  else callback(null, LOOPBACK[0].address, LOOPBACK[0].family);
};
