export { confusionChart } from './confusion-chart.js';
export { type Confusion, worstConfusions } from './confusions.js';
export { niceTicks } from './curve-chart.js';
export { measureRun, type RunMeasurement } from './measure-run.js';
export type { Mistake } from './mistakes.js';
export { type RunReport, reportPage } from './report-page.js';
export { trainingCurves } from './training-curves.js';
export { writeReport } from './write-report.js';
