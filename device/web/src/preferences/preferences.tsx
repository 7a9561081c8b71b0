import { THEMES, type Theme } from '../look/index.js';
import { DICTIONARIES, isLanguage, type Language } from '../words/index.js';

interface PreferencesProps {
  readonly language: Language;
  readonly theme: Theme;
}

/** The language of the page, and its colours. */
export function Preferences({ language, theme }: PreferencesProps) {
  const words = language.words.value.shell;
  return (
    <>
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
    </>
  );
}
