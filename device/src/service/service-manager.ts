/** The program that started the daemon and supervises it: systemd or none. Every call may throw an InkError. */
export interface ServiceManager {
  /**
   * Milliseconds within which `alive` must be called again; otherwise the daemon is killed. Undefined without a
   * watchdog.
   */
  readonly watchdogMs: number | undefined;
  /** Whether the daemon is restarted if it fails. */
  readonly restarts: boolean;
  /** Reports that the daemon has started. @param status as for `status` */
  ready(status: string): void;
  /** Reports one line for people, which replaces the last one. */
  status(status: string): void;
  /** Reports that frames are being processed, or that none is due. */
  alive(): void;
  /** Reports that the daemon is stopping. */
  stopping(): void;
}
