import { NotifySocket } from './notify-socket.js';
import type { ServiceManager } from './service-manager.js';

/** systemd, by the protocol of sd_notify(3): a datagram with one assignment per line. */
export class SystemdManager implements ServiceManager {
  readonly watchdogMs: number | undefined;
  readonly restarts = true;
  readonly #socket: NotifySocket;

  /** @param address NOTIFY_SOCKET */
  constructor(address: string, watchdogMs: number | undefined) {
    this.#socket = new NotifySocket(address);
    this.watchdogMs = watchdogMs;
  }

  ready(status: string): void {
    this.#send('READY=1', `STATUS=${oneLine(status)}`);
  }

  status(status: string): void {
    this.#send(`STATUS=${oneLine(status)}`);
  }

  alive(): void {
    this.#send('WATCHDOG=1');
  }

  stopping(): void {
    this.#send('STOPPING=1', 'STATUS=Stopping');
  }

  #send(...assignments: readonly string[]): void {
    this.#socket.send(assignments.join('\n'));
  }
}

/** A newline would begin another assignment. */
function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ');
}
