export type { EventQueue, QueuedEvent } from './event-queue.js';
export { MemoryEventQueue } from './memory-event-queue.js';
