import { z } from 'zod';
import { alarmOptions, credentialOptions, rateOption, timeoutOption } from './common.js';

export const rtspOptions = z.strictObject({
  source: z.literal('rtsp').meta({ description: 'Where frames come from: a network camera over RTSP' }),
  url: z
    .url({
      protocol: /^rtsps?$/,
      hostname: /./,
      error:
        'must be an address that begins with rtsp:// or rtsps://, with a host, and with a port from 0 to 65535 if there is one',
    })
    .meta({ description: 'URL of the stream' }),
  ...credentialOptions,
  transport: z
    .enum(['tcp', 'udp'])
    .default('tcp')
    .meta({ description: 'Transport: udp has less delay, tcp loses nothing' }),
  rate: rateOption(120).default(10).meta({ description: 'Maximum frames per second' }),
  timeoutMs: timeoutOption(5000).meta({ description: 'Maximum time for its answer' }),
  ...alarmOptions,
});

export type RtspOptions = z.infer<typeof rtspOptions>;
