export { GateFigures } from './gate-figures.js';
export { usePressedKeys } from './use-pressed-keys.js';
