// What of plain data browsers load: all but YAML, whose parser is large.
export { parseJson } from '../parse-json.js';
