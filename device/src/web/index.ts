export type {
  TeachingChanges as TeachChanges,
  TeachingCrop as TeachCrop,
  TeachingState as TeachState,
} from '../teaching/index.js';
export { LoginLimit, ROLES, type Role, UserFile, userNameSchema } from './access/index.js';
export { deviceState } from './device-state.js';
export {
  type CheckMessage,
  checksSchema,
  type DeviceState,
  type ErrorMessage,
  errorSchema,
  type HistoryMessage,
  historySchema,
  type LiveHeader,
  type LiveRequest,
  liveHeaderSchema,
  type PartState,
  type PushedMessage,
  pushedSchema,
  readingsSchema,
  referenceSchema,
  regionPreviewSchema,
  type SavedSettingsMessage,
  type SessionMessage,
  type SettingsMessage,
  savedSettingsSchema,
  sessionSchema,
  settingsSchema,
  settingsVersionsSchema,
  stateSchema,
} from './messages.js';
export type {
  AreaPreview,
  DeviceListener,
  SeenFrame,
  SetupAnswers,
  WebDevice,
  WebSettingsFile,
  WebSetup,
} from './web-device.js';
export { WebServer, type WebServerOptions, type WebSettings } from './web-server.js';
