export { openVision, type VisionChoice } from './open-vision.js';
export { isOpenCvNativeInstalled, loadAddon, openOpenCvNative } from './opencv-native.js';
export { openOpenCvWasm } from './opencv-wasm.js';
