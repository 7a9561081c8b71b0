import type { HealthMessage } from '@inkcast/shared/messages';
import type { Config } from '../config/index.js';
import { type Check, type CheckReport, clockCheck, diskCheck, runChecks, serviceCheck } from '../doctor/index.js';
import type { DeviceState } from '../web/index.js';

/**
 * What doctor looks at, while the daemon runs: of the parts that it holds itself, such as the camera, how they do; nothing
 * is opened a second time, and no frame waits.
 *
 * @param state how the device is
 */
export async function runningChecks(
  config: Config,
  health: HealthMessage,
  state: Pick<DeviceState, 'camera' | 'broker' | 'model' | 'storage' | 'problems'>,
): Promise<CheckReport[]> {
  const { camera, broker, model, storage } = state;
  const others = state.problems.filter(({ message }) =>
    [camera, broker, model, storage].every((part) => part.message !== message),
  );
  const checks: Check[] = [
    clockCheck(),
    diskCheck(config.storage.folder),
    serviceCheck({ wantsCoral: config.inference.backEnd === 'coral' }),
  ];
  return [
    partReport('camera', camera, `${camera.detail ?? 'None'}: ${health.camera}.`),
    partReport('model', model, `${model.detail} reads frames.`),
    {
      name: 'accelerator',
      status: health.accelerator.status === 'running' ? 'ok' : 'warning',
      detail: `The model runs on: ${health.accelerator.kind}.`,
    },
    partReport('broker', broker, brokerDetail(broker)),
    partReport('storage', storage, `Events are kept in ${storage.detail}.`),
    ...others.map(
      ({ code, message, remedy }): CheckReport => ({ name: 'other', status: 'failed', code, detail: message, remedy }),
    ),
    ...(await runChecks(checks)),
  ];
}

function brokerDetail({ status, detail }: DeviceState['broker']): string {
  if (detail === null) return 'No broker is configured.';
  return `${detail} is ${status === 'ok' ? 'connected' : 'not connected yet'}.`;
}

function partReport(name: string, part: DeviceState['camera'], detail: string): CheckReport {
  const { status, code, message, remedy } = part;
  if (status !== 'problem') return { name, status: status === 'ok' ? 'ok' : 'warning', detail };
  const told = { ...(code === undefined ? {} : { code }), ...(remedy === undefined ? {} : { remedy }) };
  return { name, status: 'failed', detail: message ?? detail, ...told };
}
