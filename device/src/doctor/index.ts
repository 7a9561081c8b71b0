export type { Check, CheckReport, CheckResult, CheckStatus } from './check.js';
export { acceleratorCheck } from './checks/accelerator.js';
export { brokerCheck } from './checks/broker.js';
export { cameraCheck } from './checks/camera.js';
export { clockCheck } from './checks/clock.js';
export { diskCheck } from './checks/disk.js';
export { inferenceCheck, modelCheck } from './checks/model.js';
export { openCvCheck } from './checks/opencv.js';
export { runChecks } from './run-checks.js';
