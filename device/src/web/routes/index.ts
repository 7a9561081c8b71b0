export { healthRoutes } from './health.js';
export { loginRoutes } from './login.js';
export { pageRoutes } from './page.js';
export { readingRoutes } from './reading.js';
export { socketRoutes } from './sockets.js';
