import { ERROR_CATALOG } from '@inkcast/shared/errors';
import type { HealthMessage } from '@inkcast/shared/messages';
import type { DeviceState, PartState } from './messages.js';
import type { WebDevice } from './web-device.js';

type Problem = DeviceState['problems'][number];

const CAMERA_STATUS: Readonly<Record<HealthMessage['camera'], PartState['status']>> = {
  starting: 'starting',
  running: 'ok',
  paused: 'paused',
  failed: 'problem',
  ended: 'problem',
};

/** Which part a problem is one of, by its code. */
const CODES = {
  camera: /^INK_(CAMERA|IMAGE)/,
  broker: /^INK_MQTT/,
  model: /^INK_(BUNDLE|TFLITE|CORAL|VISION)/,
  storage: /^INK_(STORAGE|EVENTS|HISTORY)/,
} as const;

/** How the device is, for a page. @param fps frames read a second, of the last seconds */
export function deviceState(device: WebDevice, health: HealthMessage, fps: number): DeviceState {
  const { seen, details } = device;
  const problems = health.problems.map((problem) => ({ ...problem, remedy: remedyOf(problem.code) }));
  const part = (name: keyof typeof CODES, status: PartState['status'], detail: string | null): PartState => {
    const problem = problems.find(({ code }) => CODES[name].test(code));
    if (problem === undefined) return { status, detail };
    const { code, message, remedy } = problem;
    return { status: 'problem', detail, code, message, remedy };
  };
  return {
    device: device.name,
    version: health.version,
    uptimeSeconds: health.uptimeSeconds,
    camera: part('camera', CAMERA_STATUS[health.camera], details.camera),
    broker: part('broker', brokerStatus(device), details.broker),
    model: part('model', 'ok', health.model ?? ''),
    storage: part('storage', device.storage === 'disk' ? 'ok' : 'starting', details.storage),
    accelerator: health.accelerator,
    temperature: health.temperature,
    memory: health.memory,
    queue: health.queue,
    problems,
    fps,
    latencyMs: seen === undefined ? null : Number(seen.latencyMs.toFixed(1)),
    paused: health.paused,
    configFile: device.configFile,
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

function brokerStatus({ isConnected, details }: WebDevice): PartState['status'] {
  if (details.broker === null) return 'paused';
  return isConnected ? 'ok' : 'starting';
}

function remedyOf(code: string): Problem['remedy'] {
  const entry = Object.entries(ERROR_CATALOG).find(([known]) => known === code);
  return (entry?.[1] ?? ERROR_CATALOG.INK_INTERNAL).remedy;
}
