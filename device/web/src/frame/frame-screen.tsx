import { useSignal, useSignalEffect } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';
import { Icon, Notice, Toggle } from '../look/index.js';
import { ErrorNotice, usePage, useWords } from '../page/index.js';
import { AreaForm } from './area-form.js';
import { FrameEditor } from './frame-editor.js';
import { FramePicture } from './frame-picture.js';
import { Preview } from './preview.js';
import { PreviewView } from './preview-view.js';
import { ReferenceView } from './reference-view.js';
import { SaveBar } from './save-bar.js';
import { Steps } from './steps.js';
import { StillPicture } from './still-picture.js';

export function FrameScreen() {
  const { api, access } = usePage();
  const words = useWords().frame;
  const editor = useMemo(() => new FrameEditor(api), [api]);
  const preview = useMemo(() => new Preview(api), [api]);
  const still = useMemo(() => new StillPicture(api), [api]);
  const snaps = useSignal(true);
  useEffect(() => {
    void still.refresh();
    void editor.load();
    return () => {
      preview.stop();
      still.stop();
    };
  }, [editor, preview, still]);
  useSignalEffect(() => {
    if (editor.isLoaded && access.mayChange) preview.show(editor.area);
  });
  const problem = editor.problem ?? still.problem.value;
  return (
    <div class="frame-screen">
      <div class="column">
        <section class="stack" aria-label={words.title} onKeyDown={(event) => undoByKey(event, editor)}>
          {access.mayOnlyLook ? <ViewerNotice /> : null}
          {problem === undefined ? null : <ErrorNotice error={problem} />}
          {still.url.value === undefined ? null : (
            <FramePicture
              editor={editor}
              picture={still.url.value}
              snaps={snaps.value}
              mayChange={access.mayChange && editor.isLoaded}
            />
          )}
          <div class="row">
            <button type="button" disabled={!editor.canUndo} onClick={() => editor.undo()}>
              <Icon name="undo" />
              {words.undo}
            </button>
            <button type="button" disabled={!editor.canRedo} onClick={() => editor.redo()}>
              <Icon name="redo" />
              {words.redo}
            </button>
            <Toggle label={words.snap} on={snaps} />
            <button type="button" onClick={() => void still.refresh()}>
              {words.newStill}
            </button>
          </div>
          <p class="soft">{words.keysHint}</p>
        </section>
        {access.mayChange ? <PreviewView preview={preview} /> : null}
        {access.mayChange ? <SaveBar editor={editor} /> : null}
      </div>
      <div class="column">
        <AreaForm editor={editor} />
        <ReferenceView />
      </div>
      <div class="wide stack">
        <Steps region={editor.area.name} />
      </div>
    </div>
  );
}

function ViewerNotice() {
  return <Notice kind="note">{useWords().shell.viewerOnly}</Notice>;
}

/** Within a text field the browser takes back what was typed there. */
function undoByKey(event: KeyboardEvent, editor: FrameEditor): void {
  if (event.key.toLowerCase() !== 'z' || !(event.ctrlKey || event.metaKey)) return;
  event.preventDefault();
  if (event.shiftKey) editor.redo();
  else editor.undo();
}
