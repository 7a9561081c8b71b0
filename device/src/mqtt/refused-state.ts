import type { InkError } from '@inkcast/shared/errors';
import { type RefusalKind, refusalKind } from './refusal.js';

/** A state that the broker has refused: the last one, and the size of the smallest one. */
export interface RefusedState {
  readonly payload: string | Uint8Array;
  readonly problem: InkError;
  readonly kind: RefusalKind;
  /** The smallest size that was refused. */
  readonly minBytes: number;
  /** Wait before another state of at least that size is tried. It grows with each try that costs a connection. */
  readonly waitMs: number;
  /** When that wait is over, in monotonic milliseconds. */
  readonly dueAt: number;
}

const MIN_WAIT_MS = 60_000;
const MAX_WAIT_MS = 3_600_000;

/** @param before the state refused before, if the broker has accepted none since */
export function refusedState(
  payload: string | Uint8Array,
  problem: InkError,
  now: number,
  before: RefusedState | undefined,
): RefusedState {
  const kind = refusalKind(problem);
  const again = kind === 'fatal' && before?.kind === 'fatal';
  const waitMs = again ? Math.min(MAX_WAIT_MS, 2 * before.waitMs) : MIN_WAIT_MS;
  const bytes = Buffer.byteLength(payload);
  const minBytes = Math.min(bytes, before?.minBytes ?? bytes);
  return { payload, problem, kind, minBytes, waitMs, dueAt: now + waitMs };
}

/** Whether to try a state after another one was refused. @param connected whether the connection is new */
export function mayTry(refused: RefusedState, payload: string | Uint8Array, now: number, connected: boolean): boolean {
  if (refused.kind === 'passing') return true;
  const changed = !Buffer.from(payload).equals(Buffer.from(refused.payload));
  // A refusal by an answer costs nothing, and a restarted broker may have other limits.
  if (refused.kind === 'lasting') return changed || connected;
  return changed && (Buffer.byteLength(payload) < refused.minBytes || now >= refused.dueAt);
}
