/** What the device says in English, in Chinese; loaded where it is wanted. */
export { descriptions } from './zh-descriptions.js';
export { errors } from './zh-errors.js';
export { issue } from './zh-issues.js';
