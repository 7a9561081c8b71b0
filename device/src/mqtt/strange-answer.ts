/** Enough bytes to recognize what answers. */
export const LOOKED_AT = 64;
/** Number of bytes that are shown. */
const SHOWN = 24;

/** The first bytes of other services that may run at the broker's address, with a remedy for each. */
const SERVICES: readonly (readonly [RegExp, string, string])[] = [
  [
    /^(HTTP\/|<!doctype|<html)/i,
    'a web server answers there',
    'Use the port for MQTT, usually 1883, or ws:// with its path where the broker offers MQTT over WebSocket.',
  ],
  [
    /^AMQP/,
    'it speaks AMQP there',
    'Use the port for MQTT: RabbitMQ has one, usually 1883, with its plugin rabbitmq_mqtt.',
  ],
  [/^SSH-/, 'an SSH server answers there', 'Use the port for MQTT, usually 1883.'],
  [/^RTSP\//, 'a camera (RTSP) answers there', 'Use the address of the broker.'],
  [/^(220[ -]|\* OK|\+OK)/, 'a mail or FTP server answers there', 'Use the port for MQTT, usually 1883.'],
  [/^-(ERR|NOAUTH|DENIED)/, 'Redis answers there', 'Use the port for MQTT, usually 1883.'],
];

const TLS = [
  undefined,
  'it speaks TLS there',
  'Write mqtts:// instead of mqtt://; docs/guide/mqtt.md says how to trust its certificate.',
] as const;

/** An answer to CONNECT that is not MQTT. */
export class StrangeAnswer extends Error {
  /** Continues "The broker cannot be used: ". */
  readonly reason: string;
  readonly remedy: string;

  /** @param bytes the first bytes of the answer */
  constructor(bytes: Uint8Array) {
    const text = Buffer.from(bytes.subarray(0, LOOKED_AT)).toString('latin1');
    const [, name, remedy] = isTlsRecord(bytes) ? TLS : (SERVICES.find(([pattern]) => pattern.test(text)) ?? []);
    const reason = `${name ?? 'what answers there'}${name === undefined ? ' does not speak' : ', not'} MQTT`;
    super(reason);
    this.reason = name === undefined ? `${reason} (it says ${shown(text)})` : reason;
    this.remedy = remedy ?? 'Check host and port; MQTT is usually at 1883, with TLS at 8883.';
  }
}

/** Whether bytes can be the beginning of an answer to CONNECT: CONNACK, or AUTH (MQTT 5.0, sections 3.2 and 3.15). */
export function mayAnswerConnect([first, length]: Uint8Array): boolean {
  if (first === 0xf0) return true;
  return first === 0x20 && (length === undefined || length >= 2);
}

/** RFC 8446, section 5.1: a content type from 20 to 24, and a version that begins with 3. */
function isTlsRecord([type, major, minor]: Uint8Array): boolean {
  return type >= 20 && type <= 24 && major === 3 && minor <= 4;
}

/** Removes everything that would disturb a terminal or a log. */
function shown(text: string): string {
  const part = text.slice(0, SHOWN);
  if (/^[ -~\r\n\t]*$/.test(part)) return JSON.stringify(part.trim());
  return `the bytes ${Buffer.from(part.slice(0, SHOWN / 3), 'latin1')
    .toString('hex')
    .replace(/(..)(?=.)/g, '$1 ')}`;
}
