export { type CameraOptions, cameraOptions } from './camera.js';
export { type DirectoryOptions, directoryOptions } from './directory.js';
export { type HttpOptions, httpOptions } from './http.js';
export { type RaspistillOptions, raspistillOptions } from './raspistill.js';
export { type RpicamOptions, rpicamOptions, unpaddedSize } from './rpicam.js';
export { type RtspOptions, rtspOptions } from './rtsp.js';
export { type V4l2Options, v4l2Options } from './v4l2.js';
export { type VideoOptions, videoOptions } from './video.js';
export { type WatchOptions, watchOptions } from './watch.js';
