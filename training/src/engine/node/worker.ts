import { parentPort, workerData } from 'node:worker_threads';
import { serveRuns } from '../wasm/serve-runs.js';

serveRuns(workerData, (message) => parentPort?.postMessage(message));
