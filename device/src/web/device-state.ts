import { ERROR_CATALOG } from '@inkcast/shared/errors';
import type { HealthMessage } from '@inkcast/shared/messages';
import type { DeviceState } from './messages.js';
import type { WebDevice } from './web-device.js';

/** How the device is, for a page. */
export function deviceState(device: WebDevice, health: HealthMessage): DeviceState {
  const { seen } = device;
  return {
    ...health,
    device: device.name,
    broker: device.isConnected ? 'connected' : 'disconnected',
    storage: device.storage,
    problems: health.problems.map((problem) => ({ ...problem, hint: hintFor(problem.code) })),
    frame:
      seen === undefined
        ? null
        : {
            number: seen.number,
            time: seen.frame.capturedAt.toISOString(),
            width: seen.frame.width,
            height: seen.frame.height,
          },
  };
}

function hintFor(code: string): string {
  const entry = Object.entries(ERROR_CATALOG).find(([known]) => known === code);
  return (entry?.[1] ?? ERROR_CATALOG.INK_INTERNAL).remedy;
}
