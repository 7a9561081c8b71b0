export {
  type ExplainedCandidate,
  type Explanation,
  explanationJsonSchema,
  explanationSchema,
} from './explanation.js';
