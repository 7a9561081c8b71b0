import { baseTopicSchema } from '@inkcast/shared/messages';
import { z } from 'zod';
import { pathSchema } from '../path-schema.js';

/** MQTT 5 transmits it in four bytes; the largest number means for ever. */
const MAX_SESSION_EXPIRY_SECONDS = 0xffff_ffff;

/** MQTT transmits the length of a text in two bytes, and forbids the character 0. */
const MAX_TEXT_BYTES = 0xffff;

const wireText = (max = MAX_TEXT_BYTES) =>
  z
    .string()
    .min(1)
    .refine((text) => Buffer.byteLength(text) <= max && !text.includes('\0'), `must be text of at most ${max} bytes`);

const URL_MESSAGE =
  'must be an address that begins with mqtt://, mqtts://, ws:// or wss://, with a host, and with a port from 0 to 65535 if there is one';

const tlsSchema = z.strictObject({
  ca: pathSchema().exactOptional().meta({ description: "PEM file of authorities to trust instead of the system's" }),
  certificate: pathSchema().exactOptional().meta({ description: "PEM file of the client's certificate" }),
  key: pathSchema().exactOptional().meta({ description: 'PEM file of its key' }),
  serverName: z
    .string()
    .min(1)
    .exactOptional()
    .meta({ description: "Name in the broker's certificate, if it differs from the host in the address" }),
});

const imageSchema = z.strictObject({
  onChange: z
    .boolean()
    .default(false)
    .meta({ description: 'Publish a retained picture with boxes whenever the reading changes' }),
  minIntervalSeconds: z.number().positive().max(86_400).default(10).meta({
    description: 'Minimum time between two such pictures; after it, the newest frame is published',
  }),
  maxWidth: z.int().min(64).max(16_384).exactOptional().meta({
    description: 'Maximum width of published and requested pictures, in pixels',
    defaultText: "the frame's",
  }),
  quality: z.int().min(1).max(100).default(88).meta({
    description: 'JPEG quality of these pictures; if the broker has a lower limit, quality and then size are reduced',
  }),
});

export const mqttSchema = z
  .strictObject({
    url: z
      .url({ protocol: /^(mqtts?|wss?)$/, hostname: /./, error: URL_MESSAGE })
      .default('mqtt://localhost:1883')
      .meta({ description: 'The broker' }),
    version: z.enum(['5', '3.1.1']).default('5').meta({ description: 'Version of MQTT, in quotes' }),
    retain: z.boolean().default(true).meta({ description: 'Whether the broker retains states for later subscribers' }),
    qos: z
      .union([z.literal(1), z.literal(0)])
      .default(1)
      .meta({
        description: 'Quality of service; with 0, messages in flight are lost with the connection',
      }),
    baseTopic: baseTopicSchema.default('inkcast').meta({ description: 'Base of all topics' }),
    clientId: wireText(128)
      .exactOptional()
      .meta({ description: 'Client id; must be unique at the broker', defaultText: "inkcast- and the device's name" }),
    username: wireText().exactOptional().meta({ description: 'User at the broker' }),
    password: wireText().exactOptional().meta({ description: 'Password; passwordFile is safer', secret: true }),
    passwordFile: pathSchema().exactOptional().meta({ description: 'File that holds the password' }),
    passwordCredential: z
      .string()
      .min(1)
      .exactOptional()
      .meta({ description: 'Name of the systemd credential that holds the password' }),
    tls: tlsSchema.prefault({}),
    image: imageSchema.prefault({}).meta({ live: true }),
    keepaliveSeconds: z
      .int()
      .min(1)
      .max(65_535)
      .exactOptional()
      .meta({ description: 'Seconds after which a silent connection counts as lost', defaultText: '30' }),
    sessionExpirySeconds: z.int().nonnegative().max(MAX_SESSION_EXPIRY_SECONDS).exactOptional().meta({
      description: 'Seconds for which the broker keeps requests after the connection is lost',
      defaultText: '300',
    }),
  })
  .refine(
    ({ password, passwordFile, passwordCredential }) =>
      [password, passwordFile, passwordCredential].filter((value) => value !== undefined).length < 2,
    { path: ['password'], message: 'must not stand beside passwordFile or passwordCredential, nor these together' },
  );
