export { type Config, configSchema } from './config.js';
export { type ConfigKey, configKeys } from './config-keys.js';
export { changeLive, liveKeys, shownValues } from './live-keys.js';
export { type ConfigSources, loadConfig, SYSTEM_FILE } from './load-config.js';
export { MIGRATIONS, presentName } from './migrations.js';
export { variableOf } from './overrides.js';
export { stateFolder } from './sections/storage.js';
