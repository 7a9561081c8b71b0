export { exportHdf5 } from './export-hdf5.js';
export { exportMicro } from './export-micro.js';
export { exportModelJson, WEIGHTS_FILE } from './export-model-json.js';
export { exportTflite } from './export-tflite.js';
