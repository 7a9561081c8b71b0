export { type LogSettings, openErrorLog, openLog } from './open-log.js';
