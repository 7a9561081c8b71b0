import type { AcceptedValue } from '@inkcast/reader/reading';
import * as z from 'zod/mini';

const storedSchema = z.object({
  digits: z.string().check(z.regex(/^\d+$/)),
  capturedAt: z.pipe(
    z.iso.datetime(),
    z.transform((text: string) => new Date(text)),
  ),
});

const ROW = 'accepted';

/** The name of the row with the last accepted reading of a region; `''` for a device without named regions. */
export function acceptedRow(region: string): string {
  return region === '' ? ROW : `${ROW}:${region}`;
}

/** The region whose last accepted reading a row holds; undefined for other rows. */
export function regionOfRow(name: string): string | undefined {
  if (name === ROW) return '';
  return name.startsWith(`${ROW}:`) ? name.slice(ROW.length + 1) : undefined;
}

export function acceptedToText({ digits, capturedAt }: AcceptedValue): string {
  return JSON.stringify({ digits, capturedAt: capturedAt.toISOString() });
}

/** Undefined for an invalid text, for example with a flipped bit, which SQLite does not notice. */
export function acceptedFromText(text: string): AcceptedValue | undefined {
  try {
    return storedSchema.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}
