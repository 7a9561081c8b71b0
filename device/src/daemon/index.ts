export { deviceChecks } from './device-checks.js';
export { type EngineOptions, openReadingEngine, type ReadingEngine } from './reading-engine.js';
