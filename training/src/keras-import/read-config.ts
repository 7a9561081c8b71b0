import { parseJson } from '@inkcast/shared/plain-data';
import type { z } from 'zod';
import { Hdf5Fault, type Hdf5Group, readHdf5 } from '../hdf5/index.js';
import { invalid } from '../network-assembly/index.js';

/** What only training needs. */
const NOT_READ = ['optimizer_weights', 'optimizer'];

/** @throws InkError INK_CONVERT_INVALID */
export async function readWeightsFile(path: string, bytes: Uint8Array): Promise<Hdf5Group> {
  try {
    return await readHdf5(bytes, NOT_READ);
  } catch (cause) {
    if (cause instanceof Hdf5Fault) throw invalid(path, cause.message);
    throw cause;
  }
}

/** Parses JSON in a file. @param what names it in the error. @throws InkError INK_CONVERT_INVALID */
export function parseConfig<T>(path: string, what: string, text: string, schema: z.ZodType<T>): T {
  const parsed = schema.safeParse(jsonOf(path, what, text));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw invalid(path, `${what} is wrong at ${issue.path.join('.') || 'its beginning'}: ${issue.message}`);
}

function jsonOf(path: string, what: string, text: string): unknown {
  try {
    return parseJson(text);
  } catch (cause) {
    throw invalid(path, `${what} is not JSON (${cause instanceof Error ? cause.message : cause})`);
  }
}
