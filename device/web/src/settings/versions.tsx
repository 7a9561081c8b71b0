import { usePage, useWords } from '../page/index.js';
import { moment } from '../words/index.js';
import type { SettingsForm } from './settings-form.js';

/** Earlier versions of the configuration file, each of which can be put in its place. */
export function Versions({ form }: { readonly form: SettingsForm }) {
  const { language } = usePage();
  const words = useWords().settings;
  return (
    <details class="card">
      <summary>{words.versions}</summary>
      {form.versions.length === 0 ? <p class="soft">{words.noVersions}</p> : null}
      <ul class="versions">
        {form.versions.map(({ id, savedAt, bytes }) => (
          <li key={id} class="row">
            <time dateTime={savedAt}>{moment(savedAt, language.locale)}</time>
            <span class="soft">{words.size(bytes)}</span>
            <button
              type="button"
              aria-label={`${words.restore}: ${moment(savedAt, language.locale)}`}
              onClick={() => void form.restore(id)}
            >
              {words.restore}
            </button>
          </li>
        ))}
      </ul>
    </details>
  );
}
