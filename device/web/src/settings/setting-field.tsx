import type { Setting } from '../api/index.js';
import { usePage, useWords } from '../page/index.js';
import { describedIn, issueIn, type Words } from '../words/index.js';
import { Control } from './control.js';
import type { SettingsForm } from './settings-form.js';
import { rangeOf, textOf } from './values.js';

/** One key: what it means, what it may be, and what is wrong with it. */
export function SettingField({ form, setting }: { readonly form: SettingsForm; readonly setting: Setting }) {
  const { access, language } = usePage();
  const words = useWords().settings;
  const { path, description, live, isSet, fileOnly, overriddenBy, saved } = setting;
  const id = `setting-${path}`;
  const issues = form.issuesOf(path);
  const isDraft = form.isDraft(path);
  const mayChange = access.mayChange && !fileOnly;
  return (
    <div class={`setting ${isDraft ? 'draft' : ''}`}>
      <div>
        <label htmlFor={id} class="mono">
          {path}
        </label>
        <span class={`tag ${live ? 'at-once' : ''}`}>{live ? words.live : words.atRestart}</span>
        <p id={`${id}-about`} class="soft">
          {describedIn(language.deviceTexts, description)} {limits(setting, words)}
        </p>
      </div>
      <div class="stack tight">
        <div class="row">
          <Control
            id={id}
            setting={setting}
            text={form.text(path)}
            isDraft={isDraft}
            disabled={!mayChange}
            isWrong={issues.length > 0}
            onEdit={(text) => form.edit(path, text)}
          />
          {isSet && mayChange && !(isDraft && form.text(path) === '') ? (
            <button
              type="button"
              class="quiet"
              onClick={() => form.edit(path, '')}
              aria-label={`${words.reset}: ${path}`}
            >
              {words.reset}
            </button>
          ) : null}
        </div>
        <div id={`${id}-wrong`} class="wrong" role="alert">
          {issues.map(({ message }) => (
            <p key={message}>{issueIn(language.deviceTexts, message)}</p>
          ))}
        </div>
        {fileOnly ? <p class="soft">{words.fileOnly}</p> : null}
        {overriddenBy === undefined ? null : <p class="soft">{words.overridden(overriddenBy)}</p>}
        {saved === undefined ? null : <p class="soft">{words.afterRestart(textOf(saved))}</p>}
      </div>
    </div>
  );
}

/** Range and default, in one line. */
function limits({ schema, default: fallback }: Setting, words: Words['settings']): string {
  const { least, above, most } = rangeOf(schema);
  const parts = [
    least === undefined ? '' : words.from(String(least)),
    above === undefined ? '' : words.above(String(above)),
    most === undefined ? '' : words.upTo(String(most)),
    fallback === undefined ? '' : words.fallback(fallback),
  ];
  const present = parts.filter((part) => part !== '');
  return present.length === 0 ? '' : `(${present.join('; ')})`;
}
