import { z } from 'zod';
import type { TeachingDatabase } from './teaching-database.js';

const storedClasses = z.array(z.string()).min(1);

/** The classes that a person has set, without `none`; undefined for those of the model. */
export async function ownClassesOf(database: TeachingDatabase): Promise<readonly string[] | undefined> {
  if (!database.exists) return undefined;
  return storedClasses.safeParse(await database.call('state', 'classes')).data;
}
