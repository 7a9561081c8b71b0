export { confusionChart } from './confusion-chart.js';
export { type Confusion, worstConfusions } from './confusions.js';
export { trainingCurves } from './training-curves.js';
export { type ReportContent, writeReport } from './write-report.js';
