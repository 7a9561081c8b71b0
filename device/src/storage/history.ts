import { eventSchema } from '@inkcast/shared/messages';
import { z } from 'zod';

/** One change of the reading as it is kept in the history: without boxes. */
export const historyEntrySchema = eventSchema.pick({
  id: true,
  region: true,
  event_type: true,
  text: true,
  confidence: true,
  capturedAt: true,
  model: true,
});

export type HistoryEntry = z.infer<typeof historyEntrySchema>;

/** Selects entries; an absent field selects all. */
export interface HistoryFilter {
  /** Only readings from this time on. */
  readonly from?: Date;
  /** Only readings up to this time. */
  readonly to?: Date;
  readonly kind?: HistoryEntry['event_type'];
  readonly region?: string;
}

export interface HistoryQuery extends HistoryFilter {
  /** Only entries before this position, the `next` of an earlier page. */
  readonly before?: number;
  /** Maximum number of entries; the newest are returned. */
  readonly limit: number;
}

export interface HistoryPage {
  /** The newest first. */
  readonly entries: readonly HistoryEntry[];
  /** The position for the next page; undefined on the last one. */
  readonly next: number | undefined;
}

/** How long readings are kept: until the first of the two limits is reached. */
export interface HistoryRetention {
  /** In days of running time. */
  readonly maxAgeDays: number;
  readonly maxRows: number;
}

const rowSchema = z
  .object({
    position: z.number(),
    id: z.string(),
    event_type: z.string(),
    text: z.string(),
    confidence: z.number().nullable(),
    model: z.string(),
    captured_at: z.number(),
    region: z.string().nullable(),
  })
  .transform(({ position, captured_at, region, ...row }) => ({
    position,
    entry: { ...row, ...(region === null ? {} : { region }), capturedAt: new Date(captured_at).toISOString() },
  }))
  .pipe(z.object({ position: z.number(), entry: historyEntrySchema }));

/**
 * A page of the history.
 *
 * @param rows of `historyRows`, which are one more than the limit where there is another page
 * @throws ZodError for a row that no Inkcast has written
 */
export function historyPageOf(rows: readonly unknown[], limit: number): HistoryPage {
  const shown = rows.slice(0, limit).map((row) => rowSchema.parse(row));
  return { entries: shown.map(({ entry }) => entry), next: rows.length > limit ? shown.at(-1)?.position : undefined };
}
