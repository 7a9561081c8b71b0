export { type Agreement, AgreementCount } from './agreement.js';
export { checkEdgeTpu, type Rule, type Violation } from './edge-tpu.js';
export { DifferenceExplanation, type Explanation, type LogitDifference, NEAR_STEPS } from './explanation.js';
export { allowedDifference, type OperatorDifference } from './operator-differences.js';
export { type FloatVerification, verifyFloat } from './verify-float.js';
export {
  isWithinLimits,
  type Kernels,
  keepsLabels,
  type Pictures,
  type Verification,
  verifyModel,
} from './verify-model.js';
