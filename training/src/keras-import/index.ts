export { importKerasModel } from './import-keras-model.js';
export { LABELS_ATTRIBUTE } from './keras-hdf5.js';
