import { number, perCent, type TryWords } from '../words/index.js';
import type { PictureReading } from './messages.js';

interface ReadTextProps {
  readonly result: PictureReading;
  readonly words: TryWords;
  readonly locale: string;
}

/** The rows of a picture, and how long reading took. */
export function ReadText({ result, words, locale }: ReadTextProps) {
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

/** A box around each digit, over the picture. */
export function Boxes({ result: { reading, width, height } }: { readonly result: PictureReading }) {
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
