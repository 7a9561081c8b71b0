import type { TeachLearning, TeachState } from '../api/index.js';
import { Notice } from '../look/index.js';
import { DeviceSays, ErrorNotice, usePage, useWords } from '../page/index.js';
import { number, perCent } from '../words/index.js';
import type { DoubtList } from './doubt-list.js';
import { GateView } from './gate-view.js';
import { LearningChart } from './learning-chart.js';
import type { Teaching } from './teaching.js';

interface LearnCardProps {
  readonly teaching: Teaching;
  readonly state: TeachState;
  readonly doubts: DoubtList;
}

/** From labels to a model: learning, its check, and the way back. */
export function LearnCard({ teaching, state, doubts }: LearnCardProps) {
  const { access } = usePage();
  const words = useWords().teach;
  const { learning, labels, model, canUndoSwap } = state;
  const isRunning = learning?.state === 'running';
  const isWaiting = teaching.isBusy || doubts.isLooking || doubts.doubts.value.length > 0;
  return (
    <section class="card stack" aria-label={words.learn}>
      <h2>{words.learn}</h2>
      <p>
        {words.model} <span class="mono">{model}</span>
      </p>
      <Counts state={state} />
      {doubts.problem.value === undefined ? null : <ErrorNotice error={doubts.problem.value} />}
      {learning === null ? null : <Outcome learning={learning} />}
      {learning?.state === 'done' && learning.report !== undefined ? (
        <GateView
          teaching={teaching}
          learning={learning}
          report={learning.report}
          isInUse={learning.candidate === model}
        />
      ) : null}
      {access.mayChange ? (
        <div class="row">
          {isRunning ? (
            <button type="button" class="danger" onClick={() => void teaching.cancel()}>
              {words.cancel}
            </button>
          ) : (
            <button
              type="button"
              class={learning?.report?.passed && learning.candidate !== model ? '' : 'primary'}
              disabled={isWaiting || labels.count === 0}
              onClick={() => void doubts.look()}
            >
              {doubts.isLooking ? words.looking : words.learnNow}
            </button>
          )}
          {canUndoSwap ? (
            <button type="button" disabled={teaching.isBusy || isRunning} onClick={() => void teaching.undoSwap()}>
              {words.undoSwap}
            </button>
          ) : null}
        </div>
      ) : null}
    </section>
  );
}

function Counts({ state: { labels } }: { readonly state: TeachState }) {
  const words = useWords().teach;
  const classes = Object.entries(labels.byClass).filter(([, count]) => count > 0);
  return (
    <>
      <p>{words.counts(labels.learning, labels.heldBack)}</p>
      {classes.length === 0 ? null : (
        <dl class="class-counts">
          {classes.map(([name, count]) => (
            <div key={name}>
              <dt>{name === 'none' ? words.none : name}</dt>
              <dd>{count}</dd>
            </div>
          ))}
        </dl>
      )}
    </>
  );
}

/** How it goes, or how it ended where it brought no model. */
function Outcome({ learning }: { readonly learning: TeachLearning }) {
  const { language } = usePage();
  const words = useWords().teach;
  const { state, step, done, curve, error } = learning;
  const newest = curve.at(-1);
  return (
    <>
      {state === 'running' ? (
        <div class="stack tight">
          <p role="status">{words.steps[step]}</p>
          <progress max="1" value={done} aria-label={words.progress} />
        </div>
      ) : null}
      {state === 'cancelled' ? <p role="status">{words.cancelled}</p> : null}
      {error === undefined ? null : (
        <Notice kind={state === 'refused' ? 'note' : 'bad'}>
          <DeviceSays said={error} />
        </Notice>
      )}
      {newest === undefined ? null : (
        <>
          <p class="soft epoch">
            {words.newest(
              newest.epoch,
              number(newest.loss, language.locale, 3),
              newest.accuracy === undefined ? '–' : perCent(newest.accuracy),
            )}
          </p>
          <LearningChart curve={curve} />
        </>
      )}
    </>
  );
}
