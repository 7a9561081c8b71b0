import { render } from 'preact';
import { Api } from './api/index.js';
import { App } from './app.js';
import { Theme } from './look/index.js';
import { Access, Route, StateWatch } from './page/index.js';
import { Language } from './words/index.js';

const api = new Api(document.baseURI, () => window.location.assign('login'));
const page = {
  api,
  access: new Access(api),
  language: new Language(localStorage, navigator.languages),
  route: new Route(window),
  state: new StateWatch(api),
  theme: new Theme(localStorage),
};

page.theme.applyTo(document.documentElement);
page.route.start();
page.state.start();
void page.language.load();
const place = document.getElementById('page');
if (place !== null) render(<App page={page} />, place);
void page.access.load();
