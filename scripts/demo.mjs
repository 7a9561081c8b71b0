// `npm run demo`: installs, builds, and runs the main job on the sample scenes. Arguments go to inkcast demo.
import { setup } from './setup.mjs';

setup();
process.argv.splice(2, 0, 'demo');
await import('../device/bin/inkcast.js');
