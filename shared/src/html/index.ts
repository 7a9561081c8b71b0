export { Html, html } from './html.js';
export { selfContainedPage } from './self-contained-page.js';
