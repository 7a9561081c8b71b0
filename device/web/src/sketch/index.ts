export { frameOf } from './decode.js';
export { Drawing } from './drawing.js';
export { load } from './load.js';
export type { ModelPlaces, Picture } from './messages.js';
export { Pad } from './pad.js';
export { Pictures } from './pictures.js';
export { TryView } from './try-view.js';
