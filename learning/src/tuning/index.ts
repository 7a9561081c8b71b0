export { REHEARSED_TUNING, recipeOf, TRANSFER_TUNING, type Tuning, tune, tuningFor, VERIFIER_TUNING } from './tune.js';
