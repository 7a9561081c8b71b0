import { useSignal } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';
import type { Setting } from '../api/index.js';
import { Notice } from '../look/index.js';
import { RefusalNotice, usePage, useWords } from '../page/index.js';
import { describedIn } from '../words/index.js';
import { SaveBar } from './save-bar.js';
import { SettingField } from './setting-field.js';
import { SettingsForm } from './settings-form.js';
import { Versions } from './versions.js';

export function SettingsScreen() {
  const { api, access, language } = usePage();
  const words = useWords();
  const form = useMemo(() => new SettingsForm(api), [api]);
  const search = useSignal('');
  const { mayChange } = access;
  useEffect(() => void form.load(), [form]);
  useEffect(() => {
    if (mayChange) void form.loadVersions();
  }, [form, mayChange]);
  const { deviceTexts } = language;
  const found = form.keys.filter((key) => hasWords(key, describedIn(deviceTexts, key.description), search.value));
  const sections = [...new Set(found.map(sectionOf))];
  const names: Readonly<Record<string, string | undefined>> = words.settings.sections;
  return (
    <form
      class="stack settings"
      aria-label={words.screens.settings}
      onSubmit={(event) => {
        event.preventDefault();
        void form.save();
      }}
      noValidate
    >
      {access.mayOnlyLook ? <Notice kind="note">{words.shell.viewerOnly}</Notice> : null}
      {mayChange && form.settings?.unwritable ? <RefusalNotice refusal={form.settings.unwritable} /> : null}
      {form.settings?.file === null ? <Notice kind="note">{words.settings.noFile}</Notice> : null}
      <input
        type="search"
        aria-label={words.settings.search}
        placeholder={words.settings.search}
        value={search.value}
        onInput={({ currentTarget: { value } }) => {
          search.value = value;
        }}
      />
      {form.settings !== undefined && found.length === 0 ? <p class="soft">{words.settings.nothingFound}</p> : null}
      {sections.map((section) => (
        <section key={section} class="card" aria-labelledby={`section-${section}`}>
          <h2 id={`section-${section}`}>{names[section] ?? section}</h2>
          {found
            .filter((key) => sectionOf(key) === section)
            .map((key) => (
              <SettingField key={`${key.path} ${key.when?.value}`} form={form} setting={key} />
            ))}
        </section>
      ))}
      {mayChange ? <Versions form={form} /> : null}
      <SaveBar form={form} />
    </form>
  );
}

const sectionOf = ({ path }: Setting): string => path.split('.')[0];

/** Whether each of the words stands in a key's name or its description, in English or as it is shown. */
function hasWords({ path, description }: Setting, shown: string, words: string): boolean {
  const text = `${path} ${description} ${shown}`.toLowerCase();
  return words
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}
