import { Notice } from '../look/index.js';
import type { TryWords } from '../words/index.js';
import { Boxes, ReadText } from './picture-reading.js';
import type { ReadingFailure } from './reading-link.js';
import type { Trial } from './trial.js';

interface TrialResultProps {
  readonly trial: Trial;
  readonly words: TryWords;
  readonly locale: string;
}

/** What was read of the newest picture, with the picture where it is a file. */
export function TrialResult({ trial, words, locale }: TrialResultProps) {
  const state = trial.state.value;
  const address = trial.address.value;
  return (
    <section class="card stack" aria-label={words.result}>
      <h2>{words.result}</h2>
      <output class="stack" aria-live="polite" data-state={state.kind} data-picture={state.number}>
        {state.kind === 'read' ? <ReadText result={state.result} words={words} locale={locale} /> : null}
        {state.kind === 'nothing' ? <p class="soft">{words.waiting}</p> : null}
        {state.kind === 'loading' || state.kind === 'reading' ? <p class="soft">{words[state.kind]}</p> : null}
      </output>
      {state.kind === 'failed' ? <Notice kind="bad">{sayingOf(state.failure, words)}</Notice> : null}
      {address === undefined ? null : (
        <div class="tried-picture">
          <img src={address} alt={words.picture} />
          {state.kind === 'read' ? <Boxes result={state.result} /> : null}
        </div>
      )}
    </section>
  );
}

const sayingOf = ({ code, message }: ReadingFailure, words: TryWords): string =>
  code === 'INK_IMAGE_UNREADABLE' ? words.unreadable : words.failed(message);
