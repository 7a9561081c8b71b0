import type { Config } from '../config/index.js';
import {
  acceleratorCheck,
  brokerCheck,
  type Check,
  cameraCheck,
  clockCheck,
  diskCheck,
  inferenceCheck,
  modelCheck,
  openCvCheck,
  serviceCheck,
} from '../doctor/index.js';
import { modelStoreIn, openCheckedBundle } from '../inference/index.js';
import { MqttConnection } from '../mqtt/index.js';

/** What `inkcast doctor` looks at for this configuration, in the order of the data's way. */
export function deviceChecks(config: Config): Check[] {
  const { inference, storage, mqtt, device, reading } = config;
  const store = modelStoreIn(storage.folder);
  const bundle = () => (inference.model === undefined ? store.inUse() : openCheckedBundle(inference.model));
  const { backEnd: choice, threads, library, edgeTpuLibrary: edgeTpu } = inference;
  const settings = { choice, threads, library, coral: { edgeTpu } };
  return [
    cameraCheck(config.camera),
    openCvCheck(config.vision.build),
    modelCheck(bundle),
    inferenceCheck(bundle, settings, reading.model),
    acceleratorCheck(bundle, settings),
    // With the daemon's own id, or its availability, a check would throw the daemon out or say that it is away.
    brokerCheck(
      mqtt.url,
      () => new MqttConnection({ settings: mqtt, clientId: `inkcast-${device.name}-doctor-${process.pid}` }),
    ),
    clockCheck(),
    diskCheck(storage.folder),
    serviceCheck({ wantsCoral: choice === 'coral' }),
  ];
}
