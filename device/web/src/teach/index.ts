export { TeachScreen } from './teach-screen.js';
