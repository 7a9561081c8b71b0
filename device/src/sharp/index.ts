export { openSharp } from './open-sharp.js';
