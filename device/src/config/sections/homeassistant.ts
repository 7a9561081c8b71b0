import { z } from 'zod';

export const homeassistantSchema = z.strictObject({
  enabled: z.boolean().default(true).meta({ description: 'Announce this device to Home Assistant' }),
  discoveryPrefix: z
    .string()
    .regex(/^[^+#\s]+$/, 'must be a topic without +, # and white space')
    .default('homeassistant')
    .meta({ description: 'First part of the discovery topics' }),
});
