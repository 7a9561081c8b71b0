export { loadKoffi } from './load-koffi.js';
