export { type Config, configSchema } from './config.js';
export { type ConfigKey, configKeys } from './config-keys.js';
export { changeLive, liveKeys, shownValues } from './live-keys.js';
export { type ConfigSources, loadConfig } from './load-config.js';
export { MIGRATIONS, presentName } from './migrations.js';
export { variableOf } from './overrides.js';
export { stateFolder } from './state-folder.js';
export { SYSTEM_FILE } from './system-file.js';
