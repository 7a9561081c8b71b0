export { type DeviceState, type DeviceSummary, summaryOf } from './device-state.js';
export { FleetRequests, type FleetRequestsOptions } from './fleet-requests.js';
export { FleetView } from './fleet-view.js';
export { parseStages, type RolloutOptions, rollOut } from './rollout.js';
