export { serveEvents } from './events-socket.js';
export { LiveFeed } from './live-feed.js';
export { serveLive } from './live-socket.js';
