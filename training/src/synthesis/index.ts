export { DEMO_OCCASIONS, type Occasion } from './compose/demo-scenes.js';
export { writeScenes } from './write-scenes.js';
