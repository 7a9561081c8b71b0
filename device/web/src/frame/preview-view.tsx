import { ErrorNotice, useWords } from '../page/index.js';
import type { Preview } from './preview.js';

/** The straightened view of an area, and what is read in it, before it is saved. */
export function PreviewView({ preview }: { readonly preview: Preview }) {
  const words = useWords().frame;
  const state = preview.state.value;
  return (
    <section class="card stack preview" aria-label={words.preview}>
      <h2>{words.preview}</h2>
      {state.kind === 'none' ? <p class="soft">{words.previewWaiting}</p> : null}
      {state.kind === 'failed' ? <ErrorNotice error={state.error} /> : null}
      {state.kind === 'seen' ? (
        <>
          <img src={`data:image/jpeg;base64,${state.preview.picture}`} alt={words.straightened} />
          <output class="preview-text">{state.preview.reading.text || words.nothing}</output>
        </>
      ) : null}
    </section>
  );
}
