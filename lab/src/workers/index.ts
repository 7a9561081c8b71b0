export { runWorkers, type WorkerRun } from './run-workers.js';
