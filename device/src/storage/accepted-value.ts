import { z } from 'zod';
import type { AcceptedValue } from '../reading/index.js';

const storedSchema = z.object({
  digits: z.string().regex(/^\d+$/),
  capturedAt: z.iso.datetime().transform((text) => new Date(text)),
});

export function acceptedToText({ digits, capturedAt }: AcceptedValue): string {
  return JSON.stringify({ digits, capturedAt: capturedAt.toISOString() });
}

/** Undefined for what is none: a turned bit in a text, which SQLite does not notice. */
export function acceptedFromText(text: string): AcceptedValue | undefined {
  try {
    return storedSchema.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}
