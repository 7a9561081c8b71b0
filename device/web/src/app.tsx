import type { ComponentType } from 'preact';
import { useEffect } from 'preact/hooks';
import { FrameScreen } from './frame/index.js';
import { HistoryScreen } from './history/index.js';
import { LiveScreen } from './live/index.js';
import { later, type Page, PageProvider, type ScreenName, shownScreen, usePage, useWords } from './page/index.js';
import { SettingsScreen } from './settings/index.js';
import { SetupScreen } from './setup/index.js';
import { Shell } from './shell/index.js';

const VIEWS: Readonly<Record<ScreenName, ComponentType>> = {
  live: LiveScreen,
  frame: FrameScreen,
  history: HistoryScreen,
  teach: later(async () => (await import('./teach/index.js')).TeachScreen),
  try: later(async () => (await import('./try/index.js')).TryScreen),
  settings: SettingsScreen,
  setup: SetupScreen,
};

export function App({ page }: { readonly page: Page }) {
  return (
    <PageProvider value={page}>
      <Shell>
        <Screen />
      </Shell>
    </PageProvider>
  );
}

function Screen() {
  const page = usePage();
  const { state, language } = page;
  const words = useWords();
  const screen = shownScreen(page);
  const device = state.state.value?.device;
  useEffect(() => {
    document.documentElement.lang = language.tag;
    document.title = [words.screens[screen], device, 'Inkcast'].filter(Boolean).join(' · ');
  }, [words, screen, device, language.code]);
  const View = VIEWS[screen];
  return (
    <>
      <h1 class="unseen">{words.screens[screen]}</h1>
      <View />
    </>
  );
}
