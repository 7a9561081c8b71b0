export { Access } from './access.js';
export { DeviceSays } from './device-says.js';
export { ErrorNotice, RefusalNotice } from './error-notice.js';
export { later } from './later.js';
export { isFirstVisit, type Page, PageProvider, shownScreen, usePage, useWords } from './page.js';
export { Route, SCREENS, type ScreenName, screenOf } from './route.js';
export { StateWatch } from './state-watch.js';
