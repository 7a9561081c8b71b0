export { recipeEngineOptions } from './recipe-engine.js';
export { formatRecipe, parseRecipe, readRecipe } from './recipe-file.js';
export {
  batchSizeSchema,
  modelFactorSchema,
  type Recipe,
  recipeSchema,
  TEACHERS_SHARE,
  TEACHERS_TEMPERATURE,
  validationShare,
} from './recipe-schema.js';
