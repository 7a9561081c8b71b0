import type { ErrorCode } from './catalog.js';
import { reasonOf } from './reason.js';

/** V8's messages when it cannot allocate enough memory. */
const NO_MEMORY =
  /allocation failed|could not allocate|out of memory|^invalid (typed )?array length|^invalid (array buffer|string) length/i;
/** Node's codes for the same. */
const NO_MEMORY_CODES: readonly string[] = [
  ...['ENOMEM', 'ERR_MEMORY_ALLOCATION_FAILED', 'ERR_WORKER_OUT_OF_MEMORY'],
  ...['ERR_STRING_TOO_LONG', 'ERR_BUFFER_TOO_LARGE', 'ERR_FS_FILE_TOO_LARGE'],
];

/** Recognizes errors of the system: memory has run out, or the operating system refuses something. */
export function systemFault(error: Error): { readonly code: ErrorCode; readonly message: string } | undefined {
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  if (NO_MEMORY_CODES.includes(code) || (error instanceof RangeError && NO_MEMORY.test(error.message))) {
    return { code: 'INK_OUT_OF_MEMORY', message: `There is not enough memory: ${error.message.replace(/\.$/, '')}.` };
  }
  if (!('syscall' in error)) return undefined;
  const path = 'path' in error ? ` ${error.path}` : '';
  return { code: 'INK_SYSTEM_REFUSED', message: `The system refuses ${error.syscall}${path}: ${reasonOf(error)}.` };
}
