import { InkError } from '@inkcast/shared/errors';
import { type Request, requestSchemas, type Verb } from '@inkcast/shared/messages';
import { parseJson } from '@inkcast/shared/plain-data';
import type { z } from 'zod';

const SCHEMAS: { readonly [V in Verb]: z.ZodType<Request<V>> } = requestSchemas;

/** Parses a payload as JSON; it may not be a request. An empty payload stands for `{}`. */
export function readJson(payload: Buffer): unknown {
  if (payload.length === 0) return {};
  try {
    return parseJson(payload.toString('utf8'));
  } catch (cause) {
    throw new InkError('INK_REQUEST_INVALID', 'The request is not JSON.', { cause });
  }
}

/** @throws InkError INK_REQUEST_INVALID naming the key */
export function parseRequest<V extends Verb>(verb: V, json: unknown): Request<V> {
  const parsed = SCHEMAS[verb].safeParse(json);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const where = issue.path.join('.') || 'the whole';
  throw new InkError('INK_REQUEST_INVALID', `The ${verb} request is wrong at ${where}: ${issue.message}.`);
}

/** The transaction of any payload, so that an error response has it too. */
export function transactionOf(json: unknown): string | undefined {
  if (typeof json !== 'object' || json === null || !('transaction' in json)) return undefined;
  return typeof json.transaction === 'string' ? json.transaction.slice(0, 256) : undefined;
}
