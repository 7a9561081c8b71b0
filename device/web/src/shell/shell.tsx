import type { ComponentChildren } from 'preact';
import { Icon, Notice, THEMES } from '../look/index.js';
import { isFirstVisit, SCREENS, shownScreen, usePage, useWords } from '../page/index.js';
import { DICTIONARIES, isLanguage } from '../words/index.js';

/** What is around every screen: the name, the ways to the screens, language and colours. */
export function Shell({ children }: { readonly children: ComponentChildren }) {
  const page = usePage();
  const { access, state } = page;
  const isUnwritten = isFirstVisit(page) || (access.mayChange && state.state.value?.configFile === null);
  const words = useWords().shell;
  return (
    <>
      <button type="button" class="skip" onClick={skipToContent}>
        {words.skip}
      </button>
      <header class="top">
        <a class="brand" href="#/live">
          <img src={iconUrl} alt="" width="28" height="28" />
          <span class="name">Inkcast</span>
          <span class="device">{state.state.value?.device}</span>
        </a>
        <Navigation />
        <Preferences />
      </header>
      <main id="content" tabIndex={-1}>
        {state.unreachable.value ? <Notice kind="bad">{words.unreachable}</Notice> : null}
        {isUnwritten && shownScreen(page) !== 'setup' ? (
          <Notice kind="note">
            {isFirstVisit(page) ? words.noCamera : words.firstVisit} <a href="#/setup">{words.firstVisitStart}</a>
          </Notice>
        ) : null}
        {children}
      </main>
    </>
  );
}

const iconUrl = new URL('../look/icon.svg', import.meta.url).href;

/** A button, as a link to an anchor would take the place of the screen's name in the address. */
function skipToContent(): void {
  document.getElementById('content')?.focus();
}

function Navigation() {
  const { route } = usePage();
  const words = useWords();
  return (
    <nav aria-label={words.shell.navigation}>
      {SCREENS.filter((name) => name !== 'setup').map((name) => (
        <a key={name} href={`#/${name}`} aria-current={route.screen === name ? 'page' : undefined}>
          <Icon name={name} />
          <span>{words.screens[name]}</span>
        </a>
      ))}
    </nav>
  );
}

function Preferences() {
  const { access, language, theme } = usePage();
  const words = useWords().shell;
  const session = access.session.value;
  return (
    <div class="preferences">
      <select
        aria-label={words.language}
        value={language.code}
        onChange={({ currentTarget: { value } }) => isLanguage(value) && language.choose(value)}
      >
        {Object.entries(DICTIONARIES).map(([code, { languageName }]) => (
          <option key={code} value={code} lang={code}>
            {languageName}
          </option>
        ))}
      </select>
      <select
        aria-label={words.theme}
        value={theme.name}
        onChange={({ currentTarget: { value } }) => theme.choose(THEMES.find((name) => name === value) ?? 'system')}
      >
        {THEMES.map((name) => (
          <option key={name} value={name}>
            {words.themes[name]}
          </option>
        ))}
      </select>
      {session?.needsLogin ? <Logout user={session.user ?? ''} /> : null}
    </div>
  );
}

function Logout({ user }: { readonly user: string }) {
  const { access } = usePage();
  const words = useWords().shell;
  return (
    <button type="button" class="quiet" title={words.loggedInAs(user)} onClick={() => void access.logout()}>
      {words.logout}
    </button>
  );
}
