import { baseTopicSchema } from '@inkcast/shared/messages';
import { z } from 'zod';

export const homeassistantSchema = z.strictObject({
  enabled: z.boolean().default(true).meta({ description: 'Announce this device to Home Assistant' }),
  stateClass: z
    .enum(['measurement', 'total', 'total_increasing'])
    .exactOptional()
    .meta({ description: 'For long-term statistics, where the reading is one number' }),
  unit: z.string().min(1).max(20).exactOptional().meta({ description: 'Unit of that number, such as kWh' }),
  discoveryPrefix: baseTopicSchema.default('homeassistant').meta({ description: 'Where the discovery topics begin' }),
});
