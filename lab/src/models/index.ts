export { type OpenedModel, openModel, openReadingModel, openShippedModel } from './open-model.js';
export { type OpenedReader, openReader } from './open-reader.js';
