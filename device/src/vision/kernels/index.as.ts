export { bridge } from './bridge.as';
export { findRuns } from './find-runs.as';
export { smooth } from './smooth.as';
export { standOut } from './stand-out.as';
