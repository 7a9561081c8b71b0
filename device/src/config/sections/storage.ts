import { homedir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { pathSchema } from '../path-schema.js';

/**
 * The queue is held in memory, and the database is not made for more. These limits only reject mistakes in the
 * configuration.
 */
const MAX_QUEUE_MEGABYTES = 4096;
const MAX_DAYS = 36_500;
const MAX_ROWS = 1_000_000_000;
const MAX_PICTURES = 100_000;
const MAX_PICTURE_MEGABYTES = 100_000;

const queueSchema = z.strictObject({
  maxMegabytes: z.number().positive().max(MAX_QUEUE_MEGABYTES).default(64).meta({
    description: 'Maximum size of events that wait for the broker; beyond it the oldest are dropped',
  }),
  maxAgeDays: z
    .number()
    .positive()
    .max(MAX_DAYS)
    .default(30)
    .meta({ description: 'Age at which they are dropped, in days for which the daemon ran' }),
});

const historySchema = z.strictObject({
  maxAgeDays: z
    .number()
    .positive()
    .max(MAX_DAYS)
    .default(90)
    .meta({ description: 'Maximum age of readings in the history, in days for which the daemon ran' }),
  maxRows: z
    .int()
    .positive()
    .max(MAX_ROWS)
    .default(1_000_000)
    .meta({ description: 'Maximum number of readings in the history' }),
});

const picturesSchema = z.strictObject({
  enabled: z.boolean().default(false).meta({ description: 'Keep a small picture of each event of the history' }),
  maxCount: z.int().positive().max(MAX_PICTURES).default(1000).meta({ description: 'Pictures kept at most' }),
  maxAgeDays: z
    .number()
    .positive()
    .max(MAX_DAYS)
    .default(30)
    .meta({ description: 'Age up to which they are kept, by the date' }),
  maxMegabytes: z
    .number()
    .positive()
    .max(MAX_PICTURE_MEGABYTES)
    .default(100)
    .meta({ description: 'Size of all of them at most; the oldest are deleted' }),
});

export const storageSchema = z.strictObject({
  folder: pathSchema().default(stateFolder).meta({
    description: 'Folder for data that must outlive a restart; each daemon needs its own',
    defaultText: "systemd's StateDirectory, else ~/.local/state/inkcast",
  }),
  queue: queueSchema.prefault({}),
  history: historySchema.prefault({}),
  pictures: picturesSchema.prefault({}),
});

/** systemd's StateDirectory=, otherwise the user's state folder (XDG base directory specification). */
export function stateFolder(): string {
  const { STATE_DIRECTORY, XDG_STATE_HOME } = process.env;
  return STATE_DIRECTORY ?? join(XDG_STATE_HOME ?? join(homedir(), '.local', 'state'), 'inkcast');
}
