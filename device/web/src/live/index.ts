export { LiveScreen } from './live-screen.js';
