export { ROLES, type Role, UserFile, userNameSchema } from './access/index.js';
export { deviceState } from './device-state.js';
export {
  type DeviceState,
  type ErrorMessage,
  errorSchema,
  type LiveHeader,
  type LiveRequest,
  liveHeaderSchema,
  type PartState,
  type PushedMessage,
  pushedSchema,
  readingsSchema,
  regionPreviewSchema,
  type SessionMessage,
  sessionSchema,
  stateSchema,
} from './messages.js';
export type { AreaPreview, DeviceListener, SeenFrame, SetupAnswers, WebDevice, WebSetup } from './web-device.js';
export { WebServer, type WebServerOptions, type WebSettings } from './web-server.js';
