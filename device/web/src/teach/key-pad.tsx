import type { Guess } from '../api/index.js';
import { useWords } from '../page/index.js';
import { perCent } from '../words/index.js';
import { type Command, type Keys, keyName, NONE } from './keys.js';

interface KeyPadProps {
  readonly keys: Keys;
  readonly classes: readonly string[];
  readonly guesses: readonly Guess[];
  /** The label that was given before. */
  readonly given?: string;
  readonly canUndo: boolean;
  readonly act: (command: Command) => void;
}

/** Every label as a key, always in its place; the model's guesses stand on theirs. */
export function KeyPad(props: KeyPadProps) {
  const { keys, classes, canUndo, act } = props;
  const words = useWords().teach;
  return (
    <div class="key-pad stack">
      <div class="labels">
        {classes.map((label) => (
          <LabelKey key={label} label={label} keyPad={props} />
        ))}
      </div>
      <div class="row">
        <LabelKey label={NONE} keyPad={props} />
        <button type="button" onClick={() => act({ kind: 'skip' })}>
          <kbd>{keyName(keys.skip)}</kbd> {words.skip}
        </button>
        <button type="button" disabled={!canUndo} onClick={() => act({ kind: 'undo' })}>
          <kbd>⌫</kbd> {words.undo}
        </button>
      </div>
    </div>
  );
}

function LabelKey({ label, keyPad }: { readonly label: string; readonly keyPad: KeyPadProps }) {
  const words = useWords().teach;
  const { keys, guesses, given, act } = keyPad;
  const guess = guesses.find((each) => each.label === label);
  const key = keys.labels.get(label);
  const name = label === NONE ? words.none : label;
  const rank = guess === undefined ? '' : guess === guesses[0] ? ' likeliest' : ' guessed';
  return (
    <button
      type="button"
      class={`label-key${rank}${given === label ? ' given' : ''}`}
      onClick={() => act({ kind: 'label', label })}
    >
      {key === undefined || key === name.toLowerCase() ? null : <kbd>{keyName(key)}</kbd>}
      <span class="name">{name}</span>
      {guess === undefined ? null : <small>{perCent(guess.probability)}</small>}
    </button>
  );
}
