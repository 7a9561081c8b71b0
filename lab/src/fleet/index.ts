import { bridged } from './bridged.js';
import { clustered } from './clustered.js';
import { shared } from './shared.js';

export type { Way, WayResult } from './way.js';

/** The ways by name. */
export const WAYS = { bridge: bridged, cluster: clustered, share: shared } as const;
export type WayName = keyof typeof WAYS;
