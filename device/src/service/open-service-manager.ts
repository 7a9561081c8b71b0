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
 * The service manager that the environment names. Nothing is opened: if systemd cannot be reached, the first call
 * fails.
 *
 * @param environment with NOTIFY_SOCKET, WATCHDOG_USEC and WATCHDOG_PID from systemd
 */
export function serviceManagerOf(environment: NodeJS.ProcessEnv): ServiceManager {
  const { NOTIFY_SOCKET: address } = environment;
  if (address === undefined || address === '') return NOBODY;
  return new SystemdManager(address, watchdogOf(environment));
}

function watchdogOf({ WATCHDOG_USEC, WATCHDOG_PID }: NodeJS.ProcessEnv): number | undefined {
  // Children inherit the environment, so the watchdog may be that of the parent process.
  if (WATCHDOG_PID !== undefined && WATCHDOG_PID !== String(process.pid)) return undefined;
  const microseconds = Number(WATCHDOG_USEC);
  return microseconds > 0 && Number.isFinite(microseconds) ? microseconds / 1000 : undefined;
}
