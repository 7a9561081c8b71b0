import { z } from 'zod';
import { pathSchema } from '../path-schema.js';

const TOPIC = /^[^+#\s/]+(\/[^+#\s/]+)*$/;

export const mqttSchema = z.strictObject({
  url: z
    .url({
      protocol: /^(mqtts?|wss?)$/,
      error: 'must be an address that begins with mqtt://, mqtts://, ws:// or wss://',
    })
    .default('mqtt://localhost:1883')
    .meta({ description: 'The broker' }),
  version: z.enum(['5', '3.1.1']).default('5').meta({ description: 'Version of MQTT, in quotes' }),
  baseTopic: z
    .string()
    .regex(TOPIC, 'must be a topic without +, # and white space')
    .default('inkcast')
    .meta({ description: 'First part of every topic' }),
  username: z.string().min(1).exactOptional().meta({ description: 'User at the broker' }),
  password: z.string().min(1).exactOptional().meta({ description: 'Password; better in a file of its own' }),
  passwordFile: pathSchema().exactOptional().meta({ description: 'File that holds the password' }),
  image: z.boolean().default(false).meta({ description: 'Publish pictures of the last frame with boxes' }),
});
