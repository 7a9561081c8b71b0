import { Notice } from '../look/index.js';
import { number, perCent, type TryWords } from '../words/index.js';
import type { PictureReading } from './messages.js';
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

interface ReadTextProps extends Omit<TrialResultProps, 'trial'> {
  readonly result: PictureReading;
}

function ReadText({ result, words, locale }: ReadTextProps) {
  const { rows } = result.reading;
  return (
    <>
      {rows.length === 0 ? <p class="tried-text none">{words.nothing}</p> : null}
      {rows.map((row, index) => (
        <p key={index} class="tried-text">
          {row}
        </p>
      ))}
      <p class="soft">{words.time(number(result.elapsedMs, locale, 0))}</p>
    </>
  );
}

function Boxes({ result: { reading, width, height } }: { readonly result: PictureReading }) {
  return (
    <div class="boxes" aria-hidden="true">
      {reading.digits.map(({ digit, confidence, box }, index) => (
        <div
          key={index}
          class="box digit"
          style={{
            left: `${(100 * box.x) / width}%`,
            top: `${(100 * box.y) / height}%`,
            width: `${(100 * box.width) / width}%`,
            height: `${(100 * box.height) / height}%`,
          }}
        >
          <span>
            {digit}
            <small>{perCent(confidence)}</small>
          </span>
        </div>
      ))}
    </div>
  );
}
