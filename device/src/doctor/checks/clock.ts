import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Check } from '../check.js';

/** When this version was written; any earlier time is wrong. */
const RELEASE_TIME = Date.parse('2026-01-01T00:00:00Z');

/** Checks that the clock is plausible, since a Raspberry Pi without network starts in the past. */
export function clockCheck(now: () => number = Date.now): Check {
  return {
    name: 'clock',
    run: async (signal) => {
      const time = new Date(now()).toISOString();
      if (now() < RELEASE_TIME) {
        const remedy = 'Connect the network, or run: sudo timedatectl set-ntp true';
        return { status: 'failed', detail: `The clock says ${time}, which is past; TLS would fail too.`, remedy };
      }
      const synchronized = await isSynchronized(signal);
      if (synchronized === 'no') {
        const remedy = 'Run: sudo timedatectl set-ntp true';
        return { status: 'warning', detail: `The clock says ${time} and is not synchronized.`, remedy };
      }
      const how = synchronized === 'yes' ? 'synchronized' : 'whether it is synchronized, the system does not tell';
      return { status: 'ok', detail: `The clock says ${time}; ${how}.` };
    },
  };
}

async function isSynchronized(signal: AbortSignal): Promise<string | undefined> {
  try {
    const args = ['show', '--property=NTPSynchronized', '--value'];
    const { stdout } = await promisify(execFile)('timedatectl', args, { signal });
    return stdout.trim();
  } catch {
    // Without systemd, as in a container, it is unknown.
    return undefined;
  }
}
