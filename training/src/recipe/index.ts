export { recipeEngineOptions } from './recipe-engine.js';
export { formatRecipe, parseRecipe, readRecipe } from './recipe-file.js';
export { type Recipe, recipeSchema } from './recipe-schema.js';
