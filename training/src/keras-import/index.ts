export { type ImportedModel, type ImportOptions, importLayersModel } from './import-layers-model.js';
