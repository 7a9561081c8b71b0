import { z } from 'zod';

// Written from Home Assistant's documentation of the MQTT integration (www.home-assistant.io/integrations/mqtt and the
// pages of its platforms): every option that is documented for a platform and of use here, and no others.

const template = z.string().regex(/\{\{.*\}\}/s);
const topic = z.string().regex(/^[^+#\0]+$/);

const base = z.strictObject({
  unique_id: z.string().min(1),
  default_entity_id: z.string().regex(/^[a-z_]+\.[a-z0-9_]+$/),
  name: z.string().nullable(),
  icon: z.string().startsWith('mdi:').optional(),
  entity_category: z.enum(['config', 'diagnostic']).optional(),
  json_attributes_topic: topic.optional(),
  json_attributes_template: template.optional(),
  qos: z.union([z.literal(0), z.literal(1), z.literal(2)]).optional(),
});

const componentSchema = z.discriminatedUnion('platform', [
  base.extend({
    platform: z.literal('sensor'),
    state_topic: topic,
    value_template: template.optional(),
    state_class: z.enum(['measurement', 'measurement_angle', 'total', 'total_increasing']).optional(),
    device_class: z.enum(['duration', 'temperature', 'energy', 'gas', 'water']).optional(),
    unit_of_measurement: z.string().optional(),
  }),
  base.extend({
    platform: z.literal('binary_sensor'),
    state_topic: topic,
    value_template: template.optional(),
    device_class: z.literal('problem').optional(),
    payload_on: z.string().optional(),
    payload_off: z.string().optional(),
  }),
  base.extend({
    platform: z.literal('event'),
    state_topic: topic,
    event_types: z.array(z.string()).min(1),
    value_template: template.optional(),
    device_class: z.enum(['button', 'doorbell', 'motion']).optional(),
  }),
  base.extend({
    platform: z.literal('image'),
    image_topic: topic,
    content_type: z.string().startsWith('image/').optional(),
    image_encoding: z.literal('b64').optional(),
  }),
  base.extend({
    platform: z.literal('switch'),
    command_topic: topic,
    payload_on: z.string().optional(),
    payload_off: z.string().optional(),
    state_topic: topic.optional(),
    state_on: z.string().optional(),
    state_off: z.string().optional(),
    value_template: template.optional(),
  }),
  base.extend({
    platform: z.literal('button'),
    command_topic: topic,
    payload_press: z.string().optional(),
    command_template: template.optional(),
  }),
  base.extend({
    platform: z.literal('select'),
    command_topic: topic,
    command_template: template.optional(),
    options: z.array(z.string()).min(1),
    state_topic: topic.optional(),
    value_template: template.optional(),
  }),
]);

/** A component with nothing but its platform is removed. */
const removedSchema = z.strictObject({ platform: z.string() });

/** A device discovery payload. */
export const discoverySchema = z.strictObject({
  device: z.strictObject({
    identifiers: z.array(z.string()).min(1),
    name: z.string(),
    manufacturer: z.string().optional(),
    model: z.string().optional(),
    sw_version: z.string().optional(),
  }),
  origin: z.strictObject({ name: z.string(), sw_version: z.string().optional(), support_url: z.url().optional() }),
  availability: z
    .array(
      z.strictObject({
        topic,
        payload_available: z.string().optional(),
        payload_not_available: z.string().optional(),
      }),
    )
    .optional(),
  components: z.record(z.string().min(1), z.union([componentSchema, removedSchema])),
});

/** Names that an MQTT entity's attributes cannot have: Home Assistant drops them. */
export const RESERVED_ATTRIBUTES: readonly string[] = [
  'assumed_state',
  'attribution',
  'available',
  'device_class',
  'device_info',
  'entity_category',
  'entity_id',
  'entity_picture',
  'extra_state_attributes',
  'force_update',
  'friendly_name',
  'icon',
  'name',
  'should_poll',
  'state',
  'supported_features',
  'unique_id',
  'unit_of_measurement',
];
