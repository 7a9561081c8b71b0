import { eventSchema, type ReadingEvent } from '@inkcast/shared/messages';

/** Undefined for what is not an event of this version: a turned bit in a text, which SQLite does not notice. */
export function parseStoredEvent(json: string): ReadingEvent | undefined {
  try {
    return eventSchema.parse(JSON.parse(json));
  } catch {
    return undefined;
  }
}
