import { render } from 'preact';
import { Theme } from '../look/index.js';
import { Language } from '../words/index.js';
import { Site } from './site.js';

const language = new Language(localStorage, navigator.languages);
const theme = new Theme(localStorage);

theme.applyTo(document.documentElement);
const place = document.getElementById('page');
if (place !== null) render(<Site language={language} theme={theme} />, place);
