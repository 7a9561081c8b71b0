export { secondLook } from './second-look.js';
