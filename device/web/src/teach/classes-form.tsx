import { useSignal } from '@preact/signals';
import type { TeachState } from '../api/index.js';
import { useWords } from '../page/index.js';
import { classesIn } from './class-names.js';
import { keyName, keysFor, NONE } from './keys.js';
import type { Teaching } from './teaching.js';

interface ClassesFormProps {
  readonly teaching: Teaching;
  readonly state: TeachState;
}

/** What crops can be: the ten digits, letters, or names of one's own; each with the key that it will have. */
export function ClassesForm({ teaching, state }: ClassesFormProps) {
  const words = useWords().teach;
  const typed = useSignal<string | undefined>(undefined);
  const current = state.classes.join(', ');
  const classes = classesIn(typed.value ?? current);
  const keys = keysFor(classes);
  const isChanged = classes.join(', ') !== current;
  const choose = async (chosen: readonly string[] | null) => {
    await teaching.chooseClasses(chosen);
    if (teaching.problem.value === undefined) typed.value = undefined;
  };
  return (
    <details class="card">
      <summary>{words.classes}</summary>
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void choose(classes);
        }}
      >
        <div class="field">
          <label htmlFor="teach-classes">{words.classesLabel}</label>
          <input
            id="teach-classes"
            class="wide"
            autoComplete="off"
            autoCapitalize="off"
            spellcheck={false}
            value={typed.value ?? current}
            aria-describedby="teach-classes-hint"
            onInput={({ currentTarget: { value } }) => {
              typed.value = value;
            }}
          />
          <small id="teach-classes-hint" class="soft">
            {words.classesHint}
          </small>
        </div>
        <dl class="class-counts">
          {[...classes, NONE].map((name) => (
            <div key={name}>
              <dt>{name === NONE ? words.none : name}</dt>
              <dd>
                <kbd>{keyName(keys.labels.get(name) ?? '–')}</kbd>
              </dd>
            </div>
          ))}
          <div>
            <dt>{words.skip}</dt>
            <dd>
              <kbd>{keyName(keys.skip)}</kbd>
            </dd>
          </div>
        </dl>
        <div class="row">
          <button type="submit" class="primary" disabled={!isChanged || classes.length < 2 || teaching.isBusy}>
            {words.classesUse}
          </button>
          <button type="button" disabled={teaching.isBusy} onClick={() => void choose(null)}>
            {words.classesOfModel}
          </button>
        </div>
      </form>
    </details>
  );
}
