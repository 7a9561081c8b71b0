import { z } from 'zod';
import { alarmOptions, credentialOptions, rateOption, timeoutOption } from './common.js';

export const httpOptions = z.strictObject({
  source: z.literal('http').meta({ description: 'Where frames come from: a network camera over HTTP' }),
  url: z
    .url({ protocol: /^https?$/, error: 'must be an address that begins with http:// or https://' })
    .meta({ description: 'An MJPEG stream, or a picture that is fetched again and again' }),
  ...credentialOptions,
  rate: rateOption(120).default(5).meta({ description: 'Most frames a second' }),
  timeoutMs: timeoutOption(5000).meta({
    description: 'Time within which it must answer, and a single picture must be complete',
  }),
  ...alarmOptions,
});

export type HttpOptions = z.infer<typeof httpOptions>;
