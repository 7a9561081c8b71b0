import { asInkError, type ErrorCode, InkError } from '@inkcast/shared/errors';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod';
import type { Logger } from 'pino';
import type { ErrorMessage } from './messages.js';

/** Where the status does not follow from the exit code: 2, which is misuse, is 400, all else is 500. */
const STATUS: Partial<Record<ErrorCode, number>> = {
  INK_REQUEST_INVALID: 400,
  INK_WEB_LOGIN: 401,
  INK_WEB_NO_USERS: 401,
  INK_WEB_LOGIN_WRONG: 401,
  INK_WEB_ROLE: 403,
  INK_WEB_ORIGIN: 403,
  INK_WEB_NOT_FOUND: 404,
  INK_CONFIG_NO_VERSION: 404,
  INK_BUNDLE_MISSING: 404,
  INK_CROP_MISSING: 404,
  INK_TEACHING_OFF: 409,
  INK_TEACHING_FULL: 409,
  INK_LEARNING_RUNNING: 409,
  INK_CANDIDATE_MISSING: 409,
  INK_CANDIDATE_REFUSED: 409,
  INK_DIGITS_NEEDED: 409,
  INK_LEARNING_UNAVAILABLE: 409,
  INK_LEARNING_TOO_FEW: 409,
  INK_REPLAY_MISSING: 409,
  INK_OUT_OF_MEMORY: 409,
  INK_CONFIG_EXISTS: 409,
  INK_RESTART_UNSUPERVISED: 409,
  INK_REQUEST_LIMIT: 413,
  INK_WEB_HOST: 421,
  INK_CONFIG_NO_FILE: 409,
  INK_CONFIG_CHANGED: 409,
  INK_CONFIG_UNEDITABLE: 409,
  INK_FILE_UNWRITABLE: 409,
  INK_CONFIG_INVALID: 422,
  INK_BUNDLE_INVALID: 422,
  INK_DATASET_INVALID: 422,
  INK_IDX_INVALID: 422,
  INK_IMAGE_UNREADABLE: 422,
  INK_WEB_LOGIN_LIMIT: 429,
  INK_SNAPSHOT_MISSING: 503,
  INK_STORAGE_UNAVAILABLE: 503,
};

/** An error of a route, of Fastify or of one of its plugins as an answer. */
export interface ErrorAnswer {
  readonly status: number;
  readonly error: InkError;
  readonly body: ErrorMessage;
}

export function answerTo(error: unknown): ErrorAnswer {
  if (hasZodFastifySchemaValidationErrors(error)) {
    const issues = error.validation.map(({ instancePath, message }) => ({
      path: instancePath.slice(1).replaceAll('/', '.'),
      message: message ?? 'is wrong',
    }));
    const [{ path, message }] = issues;
    return answer(new InkError('INK_REQUEST_INVALID', `The request is wrong at ${path || 'the whole'}: ${message}.`), {
      issues,
    });
  }
  const known = fastifyError(error) ?? asInkError(error);
  return answer(known, known.issues.length === 0 ? {} : { issues: [...known.issues] });
}

function answer(error: InkError, more: Pick<ErrorMessage, 'issues'>, status = statusOf(error)): ErrorAnswer {
  const { code, message, remedy } = error;
  return { status, error, body: { code, message, remedy, ...more } };
}

function statusOf({ code, exitCode }: InkError): number {
  return STATUS[code] ?? (exitCode === 2 ? 400 : 500);
}

/** What Fastify and its plugins refuse; undefined for other errors. */
function fastifyError(error: unknown): InkError | undefined {
  if (!(error instanceof Error) || error instanceof InkError) return undefined;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  const status = 'statusCode' in error && typeof error.statusCode === 'number' ? error.statusCode : 500;
  if (code.startsWith('FST_CSRF')) {
    return new InkError('INK_WEB_ORIGIN', 'The request lacks the token of its session (x-csrf-token).', {
      cause: error,
    });
  }
  if (status === 404) return new InkError('INK_WEB_NOT_FOUND', 'There is nothing here.', { cause: error });
  if (status === 429) {
    return new InkError('INK_WEB_LOGIN_LIMIT', 'There were too many attempts to log in from this address.', {
      cause: error,
    });
  }
  if (status === 413) return new InkError('INK_REQUEST_LIMIT', 'The request is too large.', { cause: error });
  if (status < 500)
    return new InkError('INK_REQUEST_INVALID', `${error.message.replace(/\.$/, '')}.`, { cause: error });
  return undefined;
}

/** Answers errors. A browser that is about to show a page is led to the login where it lacks one. */
export function errorHandler(log: Logger) {
  return (thrown: unknown, request: FastifyRequest, reply: FastifyReply) => {
    const { status, error, body } = answerTo(thrown);
    if (status >= 500 && status !== 503) log.warn({ part: 'web', code: error.code, path: request.url }, error.message);
    if (status === 401 && isNavigation(request)) return reply.redirect(`${upwards(request.url)}login`, 303);
    if (status === 401) reply.header('www-authenticate', 'Bearer');
    return reply.code(status).send(body);
  };
}

function isNavigation({ method, headers }: FastifyRequest): boolean {
  return method === 'GET' && (headers.accept ?? '').includes('text/html');
}

/** The way to the root from a path, so that it is found below a proxy's prefix too. */
function upwards(url: string): string {
  const depth = url.split('?', 1)[0].split('/').length - 2;
  return depth === 0 ? './' : '../'.repeat(depth);
}
