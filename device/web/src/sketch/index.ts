export type { ModelPlaces } from './messages.js';
export { TryView } from './try-view.js';
