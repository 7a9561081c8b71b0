export { type Changes, changedText } from './change-text.js';
export type { Setting } from './describe-settings.js';
export type { KeptVersion } from './kept-versions.js';
export {
  type RunningSettings,
  type SavedSettings,
  Settings,
  type SettingsDescription,
  type SettingsOptions,
} from './settings.js';
