import { render } from 'preact';
import { Theme } from '../look/index.js';
import { Language } from '../words/index.js';
import { Offline } from './offline.js';
import { Site } from './site.js';

const language = new Language(localStorage, navigator.languages);
const theme = new Theme(localStorage);
const offline = new Offline();

theme.applyTo(document.documentElement);
void offline.start();
const place = document.getElementById('page');
if (place !== null) render(<Site language={language} theme={theme} offline={offline.state} />, place);
