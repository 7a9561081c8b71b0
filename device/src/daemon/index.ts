export { type EngineOptions, openReadingEngine, type ReadingEngine } from './reading-engine.js';
