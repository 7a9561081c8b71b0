export { ROLES, type Role, UserFile, userNameSchema } from './access/index.js';
export type {
  DeviceState,
  ErrorMessage,
  LiveHeader,
  LiveRequest,
  PartState,
  PushedMessage,
  SessionMessage,
} from './messages.js';
export type { DeviceListener, SeenFrame, WebDevice } from './web-device.js';
export { WebServer, type WebServerOptions, type WebSettings } from './web-server.js';
