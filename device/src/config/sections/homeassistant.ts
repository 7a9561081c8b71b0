import { baseTopicSchema } from '@inkcast/shared/messages';
import { z } from 'zod';
import { BIRTH_TOPIC, classFault, DEVICE_CLASSES, ENTITIES, STATE_CLASSES } from '../../homeassistant/index.js';

export const homeassistantSchema = z
  .strictObject({
    enabled: z.boolean().default(true).meta({ description: 'Announce this device to Home Assistant' }),
    deviceClass: z.enum(DEVICE_CLASSES).exactOptional().meta({
      allowed: 'energy, gas, water or another of Home Assistant',
      description: 'Device class, if the reading is one number',
    }),
    stateClass: z
      .enum(STATE_CLASSES)
      .exactOptional()
      .meta({ description: 'State class for long-term statistics, if the reading is one number' }),
    unit: z.string().min(1).max(20).exactOptional().meta({ description: 'Unit of that number, such as kWh' }),
    exclude: z
      .array(z.enum(ENTITIES))
      .default([])
      .meta({ description: 'Entities to leave out, such as [pause, model]' }),
    discoveryPrefix: baseTopicSchema
      .default('homeassistant')
      .meta({ description: 'First level of the discovery topics' }),
    birthTopic: baseTopicSchema
      .default(BIRTH_TOPIC)
      .meta({ description: 'Topic on which Home Assistant announces that it has started' }),
  })
  .superRefine((classes, context) => {
    const fault = classFault(classes);
    if (fault !== undefined) context.addIssue({ code: 'custom', path: [fault.key], message: fault.message });
  });
