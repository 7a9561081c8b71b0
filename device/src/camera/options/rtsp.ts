import { z } from 'zod';
import { alarmOptions, credentialOptions, rateOption, timeoutOption } from './common.js';

export const rtspOptions = z.strictObject({
  source: z.literal('rtsp').meta({ description: 'Where frames come from: a network camera over RTSP' }),
  url: z
    .url({ protocol: /^rtsps?$/, error: 'must be an address that begins with rtsp:// or rtsps://' })
    .meta({ description: 'The stream' }),
  ...credentialOptions,
  transport: z.enum(['tcp', 'udp']).default('tcp').meta({ description: 'UDP has less delay, TCP loses nothing' }),
  rate: rateOption(120).default(10).meta({ description: 'Most frames a second' }),
  timeoutMs: timeoutOption(5000).meta({ description: 'Time within which it must answer' }),
  ...alarmOptions,
});

export type RtspOptions = z.infer<typeof rtspOptions>;
