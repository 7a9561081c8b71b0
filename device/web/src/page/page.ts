import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Api } from '../api/index.js';
import type { Theme } from '../look/index.js';
import type { Language, Words } from '../words/index.js';
import type { Access } from './access.js';
import type { Route, ScreenName } from './route.js';
import type { StateWatch } from './state-watch.js';

/** What every screen may use. */
export interface Page {
  readonly api: Api;
  readonly access: Access;
  readonly language: Language;
  readonly route: Route;
  readonly state: StateWatch;
  readonly theme: Theme;
}

const PageContext = createContext<Page | undefined>(undefined);

export const PageProvider = PageContext.Provider;

export function usePage(): Page {
  const page = useContext(PageContext);
  if (page === undefined) throw new Error('There is no page around this component.');
  return page;
}

/** Whether nothing can be read yet, and the reader may change that. */
export function isFirstVisit({ access, state }: Page): boolean {
  return access.mayChange && state.state.value?.camera.detail === null;
}

/** The screen that is seen: a first visit begins with the first steps. */
export function shownScreen(page: Page): ScreenName {
  const { screen } = page.route;
  return screen === 'live' && isFirstVisit(page) ? 'setup' : screen;
}

/** The texts in the language that is chosen; a component that calls it is drawn again in another one. */
export function useWords(): Words {
  return usePage().language.words.value;
}
