import { z } from 'zod';
import { pathSchema } from '../path-schema.js';
import { stateFolder } from '../state-folder.js';

const queueSchema = z.strictObject({
  maxMegabytes: z.number().positive().default(64).meta({
    description: 'Size of the events kept for a broker that is away; beyond it the oldest are given up',
  }),
  maxAgeDays: z.number().positive().default(30).meta({ description: 'Age at which they are given up' }),
});

const historySchema = z.strictObject({
  days: z.number().positive().default(90).meta({ description: 'Age up to which readings are kept in the history' }),
  rows: z.int().positive().default(1_000_000).meta({ description: 'Readings kept in the history at most' }),
});

export const storageSchema = z.strictObject({
  folder: pathSchema().default(stateFolder).meta({
    description: 'Folder for what must outlive a restart, of this daemon alone',
    defaultText: "systemd's StateDirectory, else ~/.local/state/inkcast",
  }),
  queue: queueSchema.prefault({}),
  history: historySchema.prefault({}),
});
