import { openBundle } from '@inkcast/shared/bundle';
import { type Int8Model, int8ModelOf } from '../model/index.js';

/** The model of the bundle in a folder. @throws InkError what is wrong with it */
export const openModelIn = async (folder: string): Promise<Int8Model> => int8ModelOf(await openBundle(folder));
