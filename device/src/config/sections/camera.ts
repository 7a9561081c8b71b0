export { cameraOptions as cameraSchema } from '../../camera/options/index.js';
