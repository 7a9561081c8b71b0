export { type Changes, changedText } from './change-text.js';
export type { KeptVersion } from './kept-versions.js';
export { type RunningSettings, Settings, type SettingsOptions } from './settings.js';
