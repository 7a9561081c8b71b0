export { Icon, type IconName } from './icons.js';
export { Notice } from './notice.js';
export { THEMES, Theme, type ThemeName } from './theme.js';
export { Toggle } from './toggle.js';
export { axisOf, colourOf, usePlot } from './use-plot.js';
