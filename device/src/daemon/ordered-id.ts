import { decodeTime, incrementBase32, TIME_LEN, TIME_MAX, ulid } from 'ulid';

/**
 * An id above the one before, also where the clock has been set back since then. So the time within it is that of the
 * frame, or else that of an earlier id.
 */
export function orderedId(last: string | undefined, date: Date): string {
  const time = Math.min(Math.max(0, date.getTime()), TIME_MAX);
  if (last === undefined || time > decodeTime(last)) return ulid(time);
  return last.slice(0, TIME_LEN) + incrementBase32(last.slice(TIME_LEN));
}
