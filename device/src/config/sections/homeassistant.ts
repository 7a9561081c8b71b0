import { baseTopicSchema } from '@inkcast/shared/messages';
import { z } from 'zod';

export const homeassistantSchema = z.strictObject({
  enabled: z.boolean().default(true).meta({ description: 'Announce this device to Home Assistant' }),
  discoveryPrefix: baseTopicSchema.default('homeassistant').meta({ description: 'Where the discovery topics begin' }),
});
