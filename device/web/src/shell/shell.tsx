import type { ComponentChildren } from 'preact';
import { Icon, Notice } from '../look/index.js';
import { isFirstVisit, SCREENS, shownScreen, usePage, useWords } from '../page/index.js';
import { Preferences } from '../preferences/index.js';

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
        <Choices />
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

function Choices() {
  const { access, language, theme } = usePage();
  const session = access.session.value;
  return (
    <div class="preferences">
      <Preferences language={language} theme={theme} />
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
