import { z } from 'zod';

/** What a process is to do: inputs with seeds that follow one another. */
export const taskSchema = z.object({
  /** URL of a module that exports `open`, an `OpenTarget`. */
  target: z.url(),
  seed: z.int(),
  count: z.int().positive(),
  /** For files. Whoever starts the process deletes it, also when the process was killed. */
  folder: z.string(),
});
export type FuzzTask = z.infer<typeof taskSchema>;

/** What it tells: before each input, what is wrong with one, and how it ended. */
export const newsSchema = z.discriminatedUnion('what', [
  z.object({ what: z.literal('begun'), seed: z.int() }),
  z.object({ what: z.literal('fault'), seed: z.int(), fault: z.string() }),
  z.object({ what: z.literal('done'), refusals: z.record(z.string(), z.int()), memory: z.array(z.number()) }),
]);
export type News = z.infer<typeof newsSchema>;
