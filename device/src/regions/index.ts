export type { Region, RegionSettings } from './region.js';
export { type RegionOutcome, RegionSet, type RegionSetOptions } from './region-set.js';
