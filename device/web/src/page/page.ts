import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Api } from '../api/index.js';
import type { Theme } from '../look/index.js';
import type { Language, Words } from '../words/index.js';
import type { Access } from './access.js';
import type { Route } from './route.js';
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

/** The texts in the language that is chosen; a component that calls it is drawn again in another one. */
export function useWords(): Words {
  return usePage().language.words.value;
}
