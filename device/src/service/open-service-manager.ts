import type { ServiceManager } from './service-manager.js';
import { SystemdManager } from './systemd-manager.js';

const NOBODY: ServiceManager = {
  watchdogMs: undefined,
  restarts: false,
  ready: () => {},
  status: () => {},
  alive: () => {},
  stopping: () => {},
};

/**
 * Whoever the environment names. Nothing is opened: where systemd cannot be reached, the first call says so.
 *
 * @param environment where systemd puts NOTIFY_SOCKET, WATCHDOG_USEC and WATCHDOG_PID
 */
export function serviceManagerOf(environment: NodeJS.ProcessEnv): ServiceManager {
  const { NOTIFY_SOCKET: address } = environment;
  if (address === undefined || address === '') return NOBODY;
  return new SystemdManager(address, watchdogOf(environment));
}

function watchdogOf({ WATCHDOG_USEC, WATCHDOG_PID }: NodeJS.ProcessEnv): number | undefined {
  // Children inherit the environment: it may be meant for the process that started this one.
  if (WATCHDOG_PID !== undefined && WATCHDOG_PID !== String(process.pid)) return undefined;
  const microseconds = Number(WATCHDOG_USEC);
  return microseconds > 0 && Number.isFinite(microseconds) ? microseconds / 1000 : undefined;
}
