export { TryScreen } from './try-screen.js';
