import { z } from 'zod';
import {
  availabilitySchema,
  eventSchema,
  healthSchema,
  readingSchema,
  requestSchemas,
  responseSchemas,
  VERBS,
} from './messages.js';

/**
 * Every payload as JSON Schema (draft 2020-12), by the name of its file. The schemas require the known keys and allow
 * further ones.
 */
export function messageJsonSchemas(): ReadonlyMap<string, object> {
  const schemas = new Map<string, object>();
  const add = (name: string, title: string, schema: z.ZodType) => {
    schemas.set(`${name}.schema.json`, { title, ...z.toJSONSchema(schema, { io: 'input' }) });
  };
  add('availability', 'inkcast/<device>/availability', availabilitySchema);
  add('reading', 'inkcast/<device>/reading', readingSchema);
  add('event', 'inkcast/<device>/event', eventSchema);
  add('region-reading', 'inkcast/<device>/region/<name>/reading', readingSchema.required({ region: true }));
  add('region-event', 'inkcast/<device>/region/<name>/event', eventSchema.required({ region: true }));
  add('health', 'inkcast/<device>/health', healthSchema);
  for (const verb of VERBS) {
    add(`request-${verb}`, `inkcast/<device>/request/${verb}`, requestSchemas[verb]);
    add(`response-${verb}`, `inkcast/<device>/response/${verb}`, responseSchemas[verb]);
  }
  return schemas;
}
