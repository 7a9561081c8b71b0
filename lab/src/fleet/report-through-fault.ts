import type { EventFleet } from './event-fleet.js';
import type { Inbox } from './inbox.js';
import { secondsSince, type WayResult } from './way.js';

export interface Fault {
  readonly devices: number;
  readonly note: (step: string) => void;
  /** Has the first event of each device before anything is broken. */
  readonly inbox: Inbox;
  /** What is broken then, in words. */
  readonly says: string;
  /** Breaks it, lets the fleet report the events `2` and `3`, and resolves with what each consumer has at the end. */
  readonly breaks: () => Promise<WayResult['consumers']>;
}

/** Starts a fleet, lets each device report one event, and the others while something is broken. */
export async function reportThroughFault(fleet: EventFleet, fault: Fault): Promise<WayResult> {
  const { devices, note, inbox, says, breaks } = fault;
  const begun = performance.now();
  await fleet.start();
  const connectSeconds = secondsSince(begun);
  note(`${devices} devices are connected`);
  const reported = performance.now();
  await fleet.report('1');
  await inbox.untilAll(fleet.reported);
  note(`the first event of each has arrived; ${says}`);
  const consumers = await breaks();
  return {
    devices,
    connectSeconds,
    deliverSeconds: secondsSince(reported),
    consumers,
    unsent: fleet.unsent,
    problems: fleet.problems,
  };
}
