export { type Agreement, AgreementCount } from './agreement.js';
export { checkEdgeTpu, type Rule, type Violation } from './edge-tpu.js';
export { isWithinLimits, type Kernels, type Verification, verifyModel } from './verify-model.js';
