export { Preferences } from './preferences.js';
