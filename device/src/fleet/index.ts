export { type CollectOptions, collectLabels } from './collect-labels.js';
export { type DeviceState, type DeviceSummary, summaryOf } from './device-state.js';
export { FleetMonitor } from './fleet-monitor.js';
export { FleetRequests, type FleetRequestsOptions } from './fleet-requests.js';
export { parseStages, type RolloutOptions, rollOut } from './rollout.js';
