export { type OpenedModel, openModel, openShippedModel } from './open-model.js';
export { bundleFolder, openReader, type ReaderChoice } from './open-reader.js';
