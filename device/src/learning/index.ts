export { type LearningOptions, type LearningResult, runLearning } from './run-learning.js';
