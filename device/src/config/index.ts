export { type Config, configSchema } from './config.js';
export { type ConfigKey, configKeys } from './config-keys.js';
export { changeLive, liveKeys, shownValues } from './live-keys.js';
export {
  type ConfigSources,
  loadConfig,
  overridesOf,
  parseConfig,
  SYSTEM_FILE,
  sectionsOf,
  setsSection,
} from './load-config.js';
export { MIGRATIONS, presentName, renameOldKeys } from './migrations.js';
export { isSection, type Section, setAt, valueAt } from './nested-values.js';
export { type Override, variableOf } from './overrides.js';
export { stateFolder } from './sections/storage.js';
