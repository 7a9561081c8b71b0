import { z } from 'zod';

/** A person looks through no more in one sitting, and all of them are compared with one another. */
const MAX_CROPS = 1000;
const MAX_DAYS = 36_500;
const MAX_MEGABYTES = 1000;
/** The lowest priority that the system has. */
const MAX_NICENESS = 19;

const queueSchema = z.strictObject({
  maxCount: z.int().positive().max(MAX_CROPS).default(100).meta({
    description: 'Crops that wait for a label at most; a further one takes the place of one that is in less doubt',
  }),
  maxAgeDays: z
    .number()
    .positive()
    .max(MAX_DAYS)
    .default(30)
    .meta({ description: 'Age up to which they wait, by the date' }),
  maxMegabytes: z
    .number()
    .positive()
    .max(MAX_MEGABYTES)
    .default(20)
    .meta({ description: 'Size of all of them at most, with what is around them' }),
});

/** The section `teaching`. */
export const teachingSchema = z.strictObject({
  enabled: z.boolean().default(false).meta({
    description: 'Keep crops of what was read with doubt, to be labelled and learned from on the page',
    live: true,
  }),
  queue: queueSchema.prefault({}).meta({ live: true }),
  niceness: z.int().min(0).max(MAX_NICENESS).default(10).meta({
    description: 'How far learning gives way to other programs, from 0 (as much as they) to 19',
    live: true,
  }),
  // Not live: a request over MQTT must not open what it then asks for.
  share: z.boolean().default(false).meta({
    description: 'Let whoever may send requests over MQTT collect the labelled crops (inkcast fleet labels)',
  }),
});
