export { type DemoOptions, runDemo } from './demo.js';
export { type EmbeddedBroker, startEmbeddedBroker } from './embedded-broker.js';
