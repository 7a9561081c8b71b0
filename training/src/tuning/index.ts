export { halvingRungs, type Rung } from './halving.js';
export {
  applyChoice,
  type Choice,
  DEFAULT_SPACE,
  describeChoice,
  gridChoices,
  randomChoices,
  type SearchSpace,
} from './search-space.js';
export { rankTrials, type TrialResult } from './trial-result.js';
export { Tuner, type TunerOptions } from './tuner.js';
export { parseTuningPlan, readTuningPlan, type TuningPlan } from './tuning-plan.js';
