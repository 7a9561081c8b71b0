export { type Comparison, compareParts, type Difference } from './compare-parts.js';
export { picturesIn } from './pictures-in.js';
