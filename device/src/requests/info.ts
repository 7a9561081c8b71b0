import { VERBS } from '@inkcast/shared/messages';
import type { DeviceControl } from './device-control.js';
import type { RequestHandler } from './request-handler.js';

export const infoHandler =
  (device: DeviceControl): RequestHandler<'info'> =>
  () => ({ ...device.info(), verbs: [...VERBS] });
