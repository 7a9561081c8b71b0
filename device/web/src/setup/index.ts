export { SetupScreen } from './setup-screen.js';
