import type { Arrived } from './inbox.js';

/** A way to spread a fleet over existing engines. */
export interface Way {
  /** What is built, and what is broken meanwhile. */
  readonly describe: string;
  /** @param devices the number of simulated devices @param note is told each step */
  run(devices: number, note: (step: string) => void): Promise<WayResult>;
}

export interface WayResult {
  readonly devices: number;
  /** Time until all devices have connected. */
  readonly connectSeconds: number;
  /** Time from the first event to the arrival of the last one, including the fault. */
  readonly deliverSeconds: number;
  /** What each consumer has, or several consumers that share a subscription have together. */
  readonly consumers: Readonly<Record<string, Arrived>>;
  /** Events that devices still keep, because no broker has acknowledged them. */
  readonly unsent: number;
  /** What brokers refused the devices meanwhile: how often, by the code of the error. */
  readonly problems: Readonly<Record<string, number>>;
}

/** Seconds since a time of `performance.now()`, in tenths. */
export function secondsSince(begun: number): number {
  return Math.round((performance.now() - begun) / 100) / 10;
}
