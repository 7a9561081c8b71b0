export { findUnit } from './find-unit.js';
export { serviceManagerOf } from './open-service-manager.js';
export type { ServiceManager } from './service-manager.js';
