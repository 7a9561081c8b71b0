import type { TeachState } from '../api/index.js';
import { ErrorNotice, usePage, useWords } from '../page/index.js';
import { CropView } from './crop-view.js';
import type { DoubtList } from './doubt-list.js';
import { KeyPad } from './key-pad.js';
import { type Command, keysFor, NONE } from './keys.js';
import type { Teaching } from './teaching.js';
import { useKeys } from './use-keys.js';

interface DoubtCardProps {
  readonly teaching: Teaching;
  readonly state: TeachState;
  readonly doubts: DoubtList;
}

/** Labels that the model contradicts, once more: the same key keeps one, another corrects it. */
export function DoubtCard({ teaching, state, doubts }: DoubtCardProps) {
  const { access } = usePage();
  const words = useWords().teach;
  const keys = keysFor(state.classes);
  const act = (command: Command) => {
    if (command.kind === 'undo') void doubts.undo();
    else void doubts.give(command.kind === 'skip' ? null : command.label);
  };
  useKeys(keys, access.mayChange, act);
  const list = doubts.doubts.value;
  const [doubt] = list;
  const nameOf = (label: string) => (label === NONE ? words.none : label);
  const [guess] = doubt.guesses;
  return (
    <section class="card stack label-card" aria-label={words.secondLook}>
      <div class="row between">
        <h2>{words.secondLook}</h2>
        <span class="soft">{words.doubtsLeft(list.length)}</span>
      </div>
      {doubts.problem.value === undefined ? null : <ErrorNotice error={doubts.problem.value} />}
      <p role="status">{words.doubt(nameOf(doubt.label), guess === undefined ? '–' : nameOf(guess.label))}</p>
      <div class="label-body">
        <CropView teaching={teaching} id={doubt.id} />
        <KeyPad
          keys={keys}
          classes={state.classes}
          guesses={doubt.guesses}
          given={doubt.label}
          canUndo={true}
          act={act}
        />
      </div>
      <div class="row">
        <button type="button" onClick={() => doubts.leave()}>
          {words.leaveDoubts}
        </button>
      </div>
    </section>
  );
}
