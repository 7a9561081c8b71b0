import { z } from 'zod';

/** A region's name in topics and entity ids: like a device's, but shorter. */
export const regionNameSchema = z
  .string()
  .regex(/^[A-Za-z0-9_-]{1,32}$/, 'a name of 1 to 32 letters, digits, dashes and underscores');
