import type { ReadonlySignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { Theme } from '../look/index.js';
import { Preferences } from '../preferences/index.js';
import { TryView } from '../sketch/index.js';
import type { Language } from '../words/index.js';
import type { OfflineState } from './offline.js';
import { TeachHand } from './teach-hand.js';

/** The networks that ship with Inkcast; the build copies them there. */
const PLACES = { classifier: 'model/', companions: 'model/', packed: true } as const;

interface SiteProps {
  readonly language: Language;
  readonly theme: Theme;
  readonly offline: ReadonlySignal<OfflineState>;
}

/** What of Inkcast needs no device. */
export function Site({ language, theme, offline }: SiteProps) {
  const words = language.words.value;
  const { tag } = language;
  useEffect(() => {
    document.documentElement.lang = tag;
  }, [tag]);
  return (
    <>
      <header class="top">
        <div class="brand">
          <img src={iconUrl} alt="" width="28" height="28" />
          <span class="name">Inkcast</span>
        </div>
        <div class="preferences">
          <Preferences language={language} theme={theme} />
        </div>
      </header>
      <main id="content">
        <h1 class="unseen">{words.screens.try}</h1>
        <TeachHand language={language}>
          <TryView places={PLACES} words={words.try} locale={language.locale} />
        </TeachHand>
        <p class="soft" role="status">
          {offline.value === 'asking' ? null : words.site[offline.value]}
        </p>
      </main>
    </>
  );
}

const iconUrl = new URL('../look/icon.svg', import.meta.url).href;
