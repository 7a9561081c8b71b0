export { FrameScreen } from './frame-screen.js';
