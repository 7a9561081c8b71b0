/** Steps that can be taken back, and taken again. */
export interface EditHistory<T> {
  readonly past: readonly T[];
  readonly present: T;
  readonly future: readonly T[];
}

const MAX_STEPS = 200;

export function unedited<T>(present: T): EditHistory<T> {
  return { past: [], present, future: [] };
}

/** A step; what had been taken back cannot be taken again. */
export function edited<T>(history: EditHistory<T>, next: T): EditHistory<T> {
  const { past, present } = history;
  if (next === present) return history;
  return { past: [...past, present].slice(-MAX_STEPS), present: next, future: [] };
}

/** More of the step that was taken last, as when a corner is dragged on. */
export function amended<T>({ past }: EditHistory<T>, next: T): EditHistory<T> {
  return { past, present: next, future: [] };
}

/** The history itself where nothing can be taken back. */
export function undone<T>(history: EditHistory<T>): EditHistory<T> {
  const { past, present, future } = history;
  const last = past.at(-1);
  return last === undefined ? history : { past: past.slice(0, -1), present: last, future: [present, ...future] };
}

/** The history itself where nothing can be taken again. */
export function redone<T>(history: EditHistory<T>): EditHistory<T> {
  const { past, present, future } = history;
  const [next, ...later] = future;
  return next === undefined ? history : { past: [...past, present], present: next, future: later };
}
