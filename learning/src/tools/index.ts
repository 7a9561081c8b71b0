export type { LearningTools, Pictures } from './learning-tools.js';
