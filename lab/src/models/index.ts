export { type OpenedModel, openModel, openShippedModel } from './open-model.js';
export { openReader, type ReaderChoice } from './open-reader.js';
