import { Notice } from '../look/index.js';
import { ErrorNotice, RefusalNotice, useWords } from '../page/index.js';
import type { FrameEditor } from './frame-editor.js';

export function SaveBar({ editor }: { readonly editor: FrameEditor }) {
  const words = useWords().frame;
  const { outcome } = editor;
  return (
    <div class="stack save">
      <div class="row">
        <button
          type="button"
          class="primary"
          disabled={!editor.isChanged || editor.file === null || editor.refusal !== null}
          onClick={() => void editor.save()}
        >
          {words.save}
        </button>
        <button type="button" disabled={!editor.isChanged} onClick={() => void editor.try()}>
          {words.try}
        </button>
      </div>
      {editor.refusal === null ? null : <RefusalNotice refusal={editor.refusal} />}
      {editor.isLoaded && editor.file === null ? <p class="soft">{words.noFile}</p> : null}
      {outcome?.kind === 'saved' ? (
        <Notice kind="good">{outcome.restartNeeded ? words.savedForRestart : words.saved}</Notice>
      ) : null}
      {outcome?.kind === 'tried' ? <Notice kind="good">{words.tried}</Notice> : null}
      {outcome?.kind === 'failed' ? <ErrorNotice error={outcome.error} /> : null}
    </div>
  );
}
