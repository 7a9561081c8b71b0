export { type ConvertedModel, type ConvertOptions, convertLayersModel } from './convert-layers-model.js';
