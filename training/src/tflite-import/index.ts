export { importTflite } from './import-tflite.js';
