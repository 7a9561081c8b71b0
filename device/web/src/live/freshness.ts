/** The device says at least once a second that it is there. */
export const SILENCE_MS = 2500;
/** A picture of a camera this slow is not stale before the next is due. */
const SLOWEST_DUE_MS = 3000;
const INTERVALS_UNTIL_STALE = 2.5;

/** When things came last, in milliseconds of one clock; undefined where they never did. */
export interface Arrivals {
  readonly message: number | undefined;
  readonly picture: number | undefined;
  /** Between the last two pictures. */
  readonly interval: number | undefined;
}

export type Freshness = 'waiting' | 'fresh' | 'stale' | 'lost';

/** How the picture that is shown relates to what the camera sees now. */
export function freshnessAt(now: number, { message, picture, interval }: Arrivals): Freshness {
  if (message !== undefined && now - message > SILENCE_MS) return 'lost';
  if (picture === undefined) return 'waiting';
  const due = Math.max(SLOWEST_DUE_MS, INTERVALS_UNTIL_STALE * (interval ?? 0));
  return now - picture > due ? 'stale' : 'fresh';
}

/** The arrivals after a message that came now. */
export function arrived(now: number, before: Arrivals, withPicture: boolean): Arrivals {
  if (!withPicture) return { ...before, message: now };
  const interval = before.picture === undefined ? undefined : now - before.picture;
  return { message: now, picture: now, interval };
}

/** The arrivals once the connection is closed: nobody has to wait to see that nothing comes. */
export function cutOff(before: Arrivals): Arrivals {
  return before.message === undefined ? before : { ...before, message: Number.NEGATIVE_INFINITY };
}

export const NOTHING_ARRIVED: Arrivals = { message: undefined, picture: undefined, interval: undefined };
