import { useEffect } from 'preact/hooks';
import type { TeachCrop, TeachState } from '../api/index.js';
import { ErrorNotice, usePage, useWords } from '../page/index.js';
import { moment } from '../words/index.js';
import type { CropList, Given } from './crop-list.js';
import { CropView, SmallCrop } from './crop-view.js';
import { KeyPad } from './key-pad.js';
import { type Command, keysFor, NONE } from './keys.js';
import type { Teaching } from './teaching.js';
import { useKeys } from './use-keys.js';

interface LabelCardProps {
  readonly teaching: Teaching;
  readonly state: TeachState;
  readonly crops: CropList;
}

/** The crops that wait, one after the other, each until it has its label. */
export function LabelCard({ teaching, state, crops }: LabelCardProps) {
  const { access } = usePage();
  const { teach: words, shell } = useWords();
  const { mayChange } = access;
  const shown = crops.crops.value;
  const waiting = state.queue.count;
  // Others came, or all were purged.
  const isBehind = shown === undefined || waiting > shown.length || (waiting === 0 && shown.length > 0);
  useEffect(() => {
    if (isBehind) void crops.fill();
  }, [crops, isBehind, waiting]);
  const keys = keysFor(state.classes);
  const act = (command: Command) => {
    if (command.kind === 'undo') void crops.undo();
    else void crops.give(command.kind === 'skip' ? null : command.label);
  };
  useKeys(keys, mayChange, act);
  const { current } = crops;
  return (
    <section class="card stack label-card" aria-label={words.label}>
      <div class="row between">
        <h2>{words.label}</h2>
        <span class="soft">{words.waiting(Math.max(waiting, shown?.length ?? 0))}</span>
      </div>
      {crops.problem.value === undefined ? null : <ErrorNotice error={crops.problem.value} />}
      <div class="label-body">
        <div class="stack">
          {current === undefined ? (
            <p class="soft nothing">{shown === undefined || waiting > 0 ? shell.loading : words.nothingWaits}</p>
          ) : (
            <>
              <CropView teaching={teaching} id={current.id} />
              <About crop={current} />
              <Alike teaching={teaching} crops={crops} />
            </>
          )}
        </div>
        {mayChange ? (
          <KeyPad
            keys={keys}
            classes={state.classes}
            guesses={current?.guesses ?? []}
            canUndo={state.labels.count > 0 || crops.given.value.length > 0}
            act={act}
          />
        ) : null}
      </div>
      <LastGiven teaching={teaching} given={crops.given.value} />
    </section>
  );
}

function About({ crop: { origin, reason, takenAt } }: { readonly crop: TeachCrop }) {
  const { language } = usePage();
  const words = useWords().teach;
  return (
    <p class="soft">
      {words.reasons[reason]} · {words.origins[origin]} ·{' '}
      <time dateTime={takenAt}>{moment(takenAt, language.locale)}</time>
    </p>
  );
}

/** Those that get the same label by the same key, but for those that are left out. */
function Alike({ teaching, crops }: { readonly teaching: Teaching; readonly crops: CropList }) {
  const words = useWords().teach;
  const { alike } = crops;
  if (alike.length === 0) return null;
  return (
    <div class="stack tight">
      <p>{words.alike(alike.filter((crop) => crops.counts(crop)).length)}</p>
      <div class="row">
        {alike.map((crop) => (
          <button
            key={crop.id}
            type="button"
            class="alike"
            aria-pressed={crops.counts(crop)}
            onClick={() => crops.toggle(crop)}
          >
            <SmallCrop teaching={teaching} id={crop.id} alt={words.lookAlike} />
          </button>
        ))}
      </div>
    </div>
  );
}

function LastGiven({ teaching, given }: { readonly teaching: Teaching; readonly given: readonly Given[] }) {
  const words = useWords().teach;
  const textOf = (label: string | null) => (label === null ? words.skipped : label === NONE ? words.none : label);
  const [newest] = given;
  return (
    <>
      <p class="unseen" role="status">
        {newest === undefined ? '' : words.said(textOf(newest.label), (newest.heldBack?.length ?? 0) > 0)}
      </p>
      {given.length === 0 ? null : (
        <ul class="given" aria-label={words.given}>
          {given.map(({ crops, label, heldBack = [] }) => (
            <li key={crops[0].id}>
              <SmallCrop teaching={teaching} id={crops[0].id} alt="" />
              <strong>{textOf(label)}</strong>
              {crops.length > 1 ? <small>×{crops.length}</small> : null}
              {heldBack.length > 0 ? (
                <small class="tag" title={words.heldBackHint}>
                  {words.heldBack}
                </small>
              ) : null}
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
