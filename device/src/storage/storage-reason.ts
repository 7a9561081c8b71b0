import { reasonOf } from '@inkcast/shared/errors';

/** SQLITE_CANTOPEN (sqlite.org/rescode.html), as libsql reports it in the debug form of its own error. */
const CANNOT_OPEN = /^ConnectionFailed\("Unable to open connection to local database .*: 14"\)$/s;

/** Why the disk or the database refuses, in words that continue a sentence. */
export function storageReason(error: unknown): string {
  const reason = reasonOf(error);
  return CANNOT_OPEN.test(reason) ? 'it cannot be opened or created' : reason;
}
