/** One topic line for each kind of a device's messages but its events (docs/guide/mqtt.md). */
const STATES_AND_REQUESTS = [
  'availability',
  'reading',
  'region/+/reading',
  'health',
  'image',
  'request/+',
  'response/+',
];
const EVENTS = ['event', 'region/+/event'];

/**
 * Configuration lines of a mosquitto that exchanges all messages of Inkcast with another one. Events have a bridge of
 * MQTT 3.1.1: mosquitto 2.0.11 keeps no session for a bridge of MQTT 5, and would lose events while it is down. Requests
 * need MQTT 5, because earlier versions have no response topics.
 *
 * @param port of the other broker, on this machine
 */
export function bridgeTo(port: number): readonly string[] {
  return [
    ...connection('events', port, 'mqttv311', EVENTS),
    ...connection('rest', port, 'mqttv50', STATES_AND_REQUESTS),
  ];
}

function connection(name: string, port: number, version: string, topics: readonly string[]): string[] {
  return [
    `connection ${name}`,
    `address 127.0.0.1:${port}`,
    `bridge_protocol_version ${version}`,
    ...topics.map((topic) => `topic inkcast/+/${topic} both 1`),
    'restart_timeout 1',
  ];
}
