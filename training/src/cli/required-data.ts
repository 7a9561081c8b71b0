import { InkError } from '@inkcast/shared/errors';
import { type DataSource, dataSourceFor } from '../data/index.js';

export const DATA_REMEDY = 'Name the pictures with --data, such as --data mnist.';

/**
 * The data that a person names. It has no default: figures on other pictures than those that a model is for say nothing
 * about it, and look as if they did.
 *
 * @param what the data is, for the message
 * @throws InkError INK_USAGE where none is named, INK_DATASET_MISSING where there is none of that name
 */
export function requiredData(data: string | undefined, what: string): Promise<DataSource> {
  if (data !== undefined) return dataSourceFor(data);
  throw new InkError('INK_USAGE', `Nothing says ${what}.`, { remedy: DATA_REMEDY });
}
