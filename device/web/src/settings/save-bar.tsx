import { Notice } from '../look/index.js';
import { ErrorNotice, usePage, useWords } from '../page/index.js';
import type { SettingsForm } from './settings-form.js';

/** What became of the last saving, and the buttons, which stay in sight while something is changed. */
export function SaveBar({ form }: { readonly form: SettingsForm }) {
  const { access } = usePage();
  const words = useWords().settings;
  const { changed, outcome, settings, generalError } = form;
  const file = settings?.file ?? null;
  return (
    <div class="save-bar stack">
      {generalError === undefined ? null : <ErrorNotice error={generalError} />}
      {outcome?.kind === 'tried' ? <Notice kind="good">{words.tried}</Notice> : null}
      {outcome?.kind === 'restarting' ? <Notice kind="good">{words.restarting}</Notice> : null}
      {outcome?.kind === 'saved' || outcome?.kind === 'restored' ? (
        <Notice kind="good">
          <p>{outcome.kind === 'saved' && file !== null ? words.savedTo(file) : words.restored}</p>
          {outcome.restartNeeded.length === 0 ? null : (
            <>
              <p>
                {words.restartNeeded} <code>{outcome.restartNeeded.join(', ')}</code>
              </p>
              <button type="button" onClick={() => void form.restart()}>
                {words.restart}
              </button>
            </>
          )}
        </Notice>
      ) : null}
      {changed.length === 0 || !access.mayChange ? null : (
        <div class="card row">
          <span>{words.changed(changed.length)}</span>
          <button
            type="submit"
            class="primary"
            disabled={file === null || form.isBusy || settings?.unwritable !== null}
          >
            {words.save}
          </button>
          <button
            type="button"
            disabled={form.isBusy || !changed.every(({ live }) => live)}
            onClick={() => void form.try()}
          >
            {words.try}
          </button>
          <button type="button" class="quiet" disabled={form.isBusy} onClick={() => form.discard()}>
            {words.discard}
          </button>
        </div>
      )}
    </div>
  );
}
