import { InkError } from '@inkcast/shared/errors';
import type { Opened } from './database-thread.js';

// What a store says of what has happened to its database.

export function becameDamaged({ file, reason }: NonNullable<Opened['setAside']>): InkError {
  const happened = `The database was damaged (${reason}); it is kept as ${file}, and a new one was begun.`;
  return new InkError('INK_STORAGE_DAMAGED', happened);
}

/** @param rescued whether everything could be written again, and not only what was in memory */
export function becameLost(folder: string, rescued: boolean): InkError {
  const outcome = rescued
    ? 'it was written again, whole'
    : 'the events that wait for the broker were written again, and earlier readings are gone from the history';
  return new InkError('INK_STORAGE_LOST', `The database in ${folder} was deleted while the daemon ran: ${outcome}.`);
}

export function droppedAtStop(count: number): InkError {
  const happened = `${count} events were only in memory when the daemon stopped, and are lost.`;
  return new InkError('INK_EVENTS_DROPPED', happened);
}
