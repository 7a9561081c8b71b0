export { type OpenedModel, openModel, openReadingModel, openShippedModel } from './open-model.js';
