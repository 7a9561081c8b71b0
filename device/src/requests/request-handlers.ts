import { configHandler } from './config.js';
import type { DeviceControl } from './device-control.js';
import { infoHandler } from './info.js';
import { labelsHandler } from './labels.js';
import { modelHandler } from './model.js';
import { pauseHandler, resumeHandler } from './pause.js';
import { referenceHandler } from './reference.js';
import type { RequestHandlers } from './request-handler.js';
import { snapshotHandler } from './snapshot.js';
import { valueHandler } from './value.js';

export function requestHandlers(device: DeviceControl): RequestHandlers {
  return {
    snapshot: snapshotHandler(device),
    pause: pauseHandler(device),
    resume: resumeHandler(device),
    config: configHandler(device),
    value: valueHandler(device),
    reference: referenceHandler(device),
    labels: labelsHandler(device),
    model: modelHandler(device),
    info: infoHandler(device),
  };
}
