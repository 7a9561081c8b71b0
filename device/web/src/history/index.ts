export { HistoryScreen } from './history-screen.js';
