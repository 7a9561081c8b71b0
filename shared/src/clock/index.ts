export { type Clocks, Moment } from './moment.js';
