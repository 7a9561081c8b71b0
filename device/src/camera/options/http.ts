import { z } from 'zod';
import { alarmOptions, credentialOptions, pathOption, rateOption, timeoutOption } from './common.js';

/** SHA-256 in hexadecimal digits, plain or as `openssl x509 -fingerprint -sha256` prints it. */
const FINGERPRINT = /^(?:sha-?256(?: fingerprint)?[=:])?(?:[0-9a-f]{2}:?){31}[0-9a-f]{2}$/i;

const tlsOptions = z.strictObject({
  ca: pathOption().exactOptional().meta({
    description: "PEM file of authorities to trust instead of the system's, or of the camera's own certificate",
  }),
  fingerprint: z
    .string()
    .regex(
      FINGERPRINT,
      'must be the SHA-256 fingerprint of a certificate: 64 hexadecimal digits, with or without colons',
    )
    .exactOptional()
    .meta({
      description: "SHA-256 fingerprint of the camera's certificate, which then needs no authority, name or date",
    }),
});

export const httpOptions = z.strictObject({
  source: z.literal('http').meta({ description: 'Where frames come from: a network camera over HTTP' }),
  url: z
    .url({
      protocol: /^https?$/,
      error:
        'must be an address that begins with http:// or https://, with a host, and with a port from 0 to 65535 if there is one',
    })
    .meta({ description: 'URL of an MJPEG stream, or of a picture that is fetched repeatedly' }),
  ...credentialOptions,
  tls: tlsOptions.prefault({}),
  rate: rateOption(120).default(5).meta({ description: 'Maximum frames per second' }),
  timeoutMs: timeoutOption(5000).meta({
    description: 'Maximum time for its answer, and for a single picture to be complete',
  }),
  ...alarmOptions,
});

export type HttpOptions = z.infer<typeof httpOptions>;
