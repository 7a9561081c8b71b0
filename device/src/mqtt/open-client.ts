import { connect, type LookupFunction } from 'node:net';
import mqtt, { type IClientOptions, type MqttClient } from 'mqtt';

/** This machine's own addresses, for both versions of IP. */
const LOOPBACK = [
  { address: '127.0.0.1', family: 4 },
  { address: '::1', family: 6 },
] as const;

/**
 * Time for each of several addresses of a host. Node.js allows 250 ms for all but the last one, which is too short for
 * some mobile networks.
 */
const ATTEMPT_MS = 2500;

/** Opens a connection and sends CONNECT. */
export function openClient(options: IClientOptions): MqttClient {
  const { protocol, host, port } = options;
  const way = {
    autoSelectFamilyAttemptTimeout: ATTEMPT_MS,
    ...(host === 'localhost' ? { lookup: lookupLoopback } : {}),
  };
  if (protocol === 'mqtts') return mqtt.connect({ ...options, ...way });
  if (protocol !== 'mqtt') return mqtt.connect({ ...options, wsOptions: { ...options.wsOptions, ...way } });
  // The package itself would pass on only host and port.
  return new mqtt.MqttClient(() => connect({ host, port: port ?? 1883, ...way }), options);
}

/**
 * Both addresses of localhost (RFC 6761, section 6.3). Many systems resolve it to only one of them, and a broker may
 * listen on the other.
 */
const lookupLoopback: LookupFunction = (_, { all }, callback) => {
  if (all === true) callback(null, [...LOOPBACK]);
  else callback(null, LOOPBACK[0].address, LOOPBACK[0].family);
};
