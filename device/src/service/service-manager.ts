/** Who started the daemon, and wants to know how it is: systemd, or nobody. Every call may throw an InkError. */
export interface ServiceManager {
  /** Milliseconds within which it must hear `alive` again, or else it ends the daemon; undefined where it does not wait. */
  readonly watchdogMs: number | undefined;
  /** Whether it starts the daemon again when that fails. */
  readonly restarts: boolean;
  /** The daemon has started. @param status as for `status` */
  ready(status: string): void;
  /** One line for people, which takes the place of the last one. */
  status(status: string): void;
  /** Frames get through, or none is due. */
  alive(): void;
  /** The daemon has begun to end. */
  stopping(): void;
}
