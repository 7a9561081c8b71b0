export {
  type BrokenPromise,
  cutPower,
  type PowerCutOptions,
  type PowerCutReport,
  type ReplayOptions,
  replay,
} from './cut-power.js';
export type { Operation } from './operation.js';
export { parseTrace } from './parse-trace.js';
export { record } from './record.js';
