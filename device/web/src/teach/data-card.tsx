import { useSignal } from '@preact/signals';
import type { TeachState } from '../api/index.js';
import { usePage, useWords } from '../page/index.js';
import type { Teaching } from './teaching.js';

interface DataCardProps {
  readonly teaching: Teaching;
  readonly state: TeachState;
}

/** Pictures and labels that come from elsewhere, go elsewhere, or go altogether. */
export function DataCard({ teaching, state }: DataCardProps) {
  const { access } = usePage();
  const words = useWords().teach;
  const { labels, queue } = state;
  const added = teaching.added.value;
  return (
    <section class="card stack" aria-label={words.data}>
      <h2>{words.data}</h2>
      {access.mayChange && state.enabled ? (
        <>
          <div class="row">
            <button type="button" disabled={teaching.isBusy} onClick={() => void teaching.look()}>
              {words.look}
            </button>
          </div>
          <FileField label={words.upload} hint={words.uploadHint} accept="image/*" kind="upload" teaching={teaching} />
          <FileField label={words.import} hint={words.importHint} accept=".tar" kind="import" teaching={teaching} />
          <p role="status">{added === undefined ? '' : words.added(added)}</p>
        </>
      ) : null}
      {labels.count === 0 ? null : (
        <div class="row">
          <a class="button" href={teaching.exportUrl('idx')} download>
            {words.exportIdx}
          </a>
          <a class="button" href={teaching.exportUrl('folders')} download>
            {words.exportFolders}
          </a>
        </div>
      )}
      {access.mayChange && queue.count + labels.count > 0 ? <Purge teaching={teaching} /> : null}
    </section>
  );
}

interface FileFieldProps {
  readonly label: string;
  readonly hint: string;
  readonly accept: string;
  readonly kind: 'upload' | 'import';
  readonly teaching: Teaching;
}

/** Sends files as soon as they are chosen. */
function FileField({ label, hint, accept, kind, teaching }: FileFieldProps) {
  const id = `teach-${kind}`;
  return (
    <div class="field">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        type="file"
        accept={accept}
        multiple={kind === 'upload'}
        disabled={teaching.isBusy}
        aria-describedby={`${id}-hint`}
        onChange={async ({ currentTarget }) => {
          const files = [...(currentTarget.files ?? [])];
          if (files.length > 0) await teaching.add(kind, files);
          // The same file may be chosen once more.
          currentTarget.value = '';
        }}
      />
      <small id={`${id}-hint`} class="soft">
        {hint}
      </small>
    </div>
  );
}

/** Asks once more before it deletes. */
function Purge({ teaching }: { readonly teaching: Teaching }) {
  const words = useWords().teach;
  const asks = useSignal(false);
  const ask = (value: boolean) => () => {
    asks.value = value;
  };
  if (!asks.value) {
    return (
      <div class="row">
        <button type="button" class="danger" onClick={ask(true)}>
          {words.purge}
        </button>
      </div>
    );
  }
  return (
    <div class="row">
      <button
        type="button"
        class="danger"
        onClick={() => {
          asks.value = false;
          void teaching.purge();
        }}
      >
        {words.purgeReally}
      </button>
      <button type="button" onClick={ask(false)}>
        {words.keep}
      </button>
    </div>
  );
}
