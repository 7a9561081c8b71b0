import { perCent } from '../words/index.js';
import type { WaitingCrop } from './labels.js';
import type { Lesson } from './lesson.js';
import type { LessonTexts } from './lesson-texts.js';
import { Pixels } from './pixels.js';
import { type LabelCommand, useDigitKeys } from './use-digit-keys.js';

const DIGITS = Array.from({ length: 10 }, (_, digit) => String(digit));
/** The label of what is no digit, as the models have it. */
const NONE = 'none';
/** Labels given last that are shown. */
const SHOWN = 8;

interface LabelCropsProps {
  readonly lesson: Lesson;
  readonly texts: LessonTexts;
}

/** The crops that wait, one after the other, each until it has its label. */
export function LabelCrops({ lesson, texts }: LabelCropsProps) {
  const { lesson: words, teach } = texts;
  const { labels } = lesson;
  const waiting = labels.waiting.value;
  const given = labels.given.value;
  const [crop] = waiting;
  const act = (command: LabelCommand): void => {
    if (command.kind === 'label') lesson.give(command.label);
    else if (command.kind === 'skip') lesson.skip();
    else labels.undo();
  };
  useDigitKeys(NONE, act);
  const nameOf = (label: string) => (label === NONE ? teach.none : label);
  return (
    <section class="card stack label-card" aria-label={words.keys}>
      <div class="row between">
        <h2>{words.keys}</h2>
        <span class="soft" role="status" data-waiting={waiting.length}>
          {teach.waiting(waiting.length)}
        </span>
      </div>
      {crop === undefined ? (
        <p class="soft">{words.nothingWaits}</p>
      ) : (
        <>
          <Pixels pixels={crop.pixels} label={teach.crop} size={168} />
          {crop.doubted === undefined ? null : (
            <p>{teach.doubt(nameOf(crop.doubted.label), nameOf(crop.doubted.guess))}</p>
          )}
          <div class="labels">
            {DIGITS.map((digit) => (
              <LabelKey key={digit} label={digit} name={digit} crop={crop} act={act} />
            ))}
          </div>
        </>
      )}
      <div class="row">
        {crop === undefined ? null : (
          <>
            <LabelKey label={NONE} name={teach.none} crop={crop} act={act} />
            <button type="button" onClick={() => act({ kind: 'skip' })}>
              <kbd>S</kbd> {teach.skip}
            </button>
          </>
        )}
        <button
          type="button"
          disabled={given.length === 0 || crop?.doubted !== undefined}
          onClick={() => act({ kind: 'undo' })}
        >
          <kbd>⌫</kbd> {teach.undo}
        </button>
      </div>
      {given.length === 0 ? null : (
        <ul class="given" aria-label={teach.given}>
          {given
            .slice(-SHOWN)
            .toReversed()
            .map(({ id, pixels, label, heldBack }) => (
              <li key={id}>
                <Pixels pixels={pixels} size={40} />
                <strong>{nameOf(label)}</strong>
                {heldBack ? (
                  <small class="tag" title={teach.heldBackHint}>
                    {teach.heldBack}
                  </small>
                ) : null}
              </li>
            ))}
        </ul>
      )}
    </section>
  );
}

interface LabelKeyProps {
  readonly label: string;
  readonly name: string;
  readonly crop: WaitingCrop;
  readonly act: (command: LabelCommand) => void;
}

function LabelKey({ label, name, crop: { guesses }, act }: LabelKeyProps) {
  const guess = guesses.find((each) => each.label === label);
  const rank = guess === undefined ? '' : guess === guesses[0] ? ' likeliest' : ' guessed';
  return (
    <button type="button" class={`label-key${rank}`} onClick={() => act({ kind: 'label', label })}>
      {label === NONE ? <kbd>N</kbd> : null}
      <span class="name">{name}</span>
      {guess === undefined ? null : <small>{perCent(guess.probability)}</small>}
    </button>
  );
}
