export { parseJson } from './parse-json.js';
export { parseYaml } from './parse-yaml.js';
