import { useSignal } from '@preact/signals';
import { Notice } from '../look/index.js';
import { number, perCent } from '../words/index.js';
import { CheckView } from './check-view.js';
import type { LearningState, Lesson } from './lesson.js';
import type { LessonTexts } from './lesson-texts.js';
import type { Taught } from './messages.js';
import { packBundle } from './pack-bundle.js';

/** Learning refuses to begin with fewer labels to learn from. */
const MIN_LABELS = 10;

interface LearnCardProps {
  readonly lesson: Lesson;
  readonly texts: LessonTexts;
}

/** From labels to a model: learning, its check, and the way to take the model along. */
export function LearnCard({ lesson, texts }: LearnCardProps) {
  const { lesson: words, teach } = texts;
  const state = lesson.learning.value;
  const given = lesson.labels.given.value;
  const heldBack = given.filter((crop) => crop.heldBack).length;
  const learning = given.length - heldBack;
  const isBusy = state.kind === 'looking' || state.kind === 'running';
  const taught = lesson.taught.value;
  return (
    <section class="card stack" aria-label={teach.learn}>
      <h2>{teach.learn}</h2>
      <p>{teach.counts(learning, heldBack)}</p>
      {learning < MIN_LABELS ? <p class="soft">{words.few(MIN_LABELS)}</p> : null}
      <Progress state={state} texts={texts} />
      {state.kind === 'failed' ? (
        <Notice kind="bad">
          <p>{state.message}</p>
          <p>{state.remedy}</p>
        </Notice>
      ) : null}
      {state.kind === 'done' ? <CheckView report={state.report} crops={given} texts={texts} /> : null}
      <div class="row">
        {isBusy ? (
          <button type="button" class="danger" onClick={() => lesson.cancel()}>
            {teach.cancel}
          </button>
        ) : (
          <button
            type="button"
            class={taught === undefined ? 'primary' : ''}
            disabled={learning < MIN_LABELS || state.kind === 'doubting'}
            onClick={() => void lesson.learn()}
          >
            {teach.learnNow}
          </button>
        )}
      </div>
      {taught === undefined ? null : <Download taught={taught} texts={texts} />}
    </section>
  );
}

function Progress({ state, texts }: { readonly state: LearningState; readonly texts: LessonTexts }) {
  const { teach, locale } = texts;
  if (state.kind === 'looking') return <p role="status">{teach.looking}</p>;
  if (state.kind === 'doubting') return <p role="status">{teach.secondLook}</p>;
  if (state.kind === 'cancelled') return <p role="status">{teach.cancelled}</p>;
  if (state.kind !== 'running') return null;
  const { progress, newest } = state;
  return (
    <div class="stack tight">
      <p role="status">{teach.steps[progress?.step ?? 'check']}</p>
      <progress max="1" value={progress?.done ?? 0} aria-label={teach.progress} />
      {newest?.epoch === undefined || newest.loss === undefined ? null : (
        <p class="soft epoch">
          {teach.newest(
            newest.epoch,
            number(newest.loss, locale, 3),
            newest.accuracy === undefined ? '–' : perCent(newest.accuracy),
          )}
        </p>
      )}
    </div>
  );
}

/** The taught model as a file. */
function Download({ taught, texts }: { readonly taught: Taught; readonly texts: LessonTexts }) {
  const { lesson: words } = texts;
  const isPacking = useSignal(false);
  const name = taught.reference.replace('@', '-');
  const download = async (): Promise<void> => {
    isPacking.value = true;
    try {
      const address = URL.createObjectURL(await packBundle(name, taught.files));
      const link = document.createElement('a');
      link.href = address;
      link.download = `${name}.tar.gz`;
      link.click();
      // The browser has begun to read it by the next task.
      setTimeout(() => URL.revokeObjectURL(address), 0);
    } finally {
      isPacking.value = false;
    }
  };
  return (
    <div class="stack tight">
      <div class="row">
        <button type="button" class="primary" disabled={isPacking.value} onClick={() => void download()}>
          {words.download}
        </button>
        <span class="mono">{taught.reference}</span>
      </div>
      <p class="soft">{words.howTo}</p>
      <pre class="mono">{`tar -xzf ${name}.tar.gz\ninkcast read --model ${name} photo.jpg`}</pre>
    </div>
  );
}
