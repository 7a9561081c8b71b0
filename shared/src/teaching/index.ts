export { classesSchema, classNameSchema, type Guess, guessSchema, NONE } from './class-name.js';
export {
  type GateReport,
  gateReportSchema,
  MNIST_SOURCES,
  VERDICTS,
  type Verdict,
} from './gate-report.js';
export {
  type Around,
  encodeLabelledCrops,
  type LabelledCrop,
  type LabelledCrops,
  parseLabelledCrops,
} from './labelled-crops.js';
export {
  type Doubt,
  doubtSchema,
  LEARNING_STEPS,
  type LearningMessage,
  type LearningProgress,
  type LearningStep,
  learningMessageSchema,
} from './learning-message.js';
export { type LearningTask, type LearnTask, learningTaskSchema, type SecondLookTask } from './learning-task.js';
