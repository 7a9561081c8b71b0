import { useEffect, useMemo } from 'preact/hooks';
import { Notice } from '../look/index.js';
import { Drawing, Pad, Pictures } from '../sketch/index.js';
import { LabelCrops } from './label-crops.js';
import { LearnCard } from './learn-card.js';
import type { Lesson, SeenState } from './lesson.js';
import type { LessonTexts } from './lesson-texts.js';

interface LessonViewProps {
  readonly lesson: Lesson;
  readonly texts: LessonTexts;
}

/** Pictures, labels, learning and its check, all in the browser. */
export function LessonView({ lesson, texts }: LessonViewProps) {
  const { lesson: words, try: tried } = texts;
  const drawing = useMemo(() => new Drawing(), []);
  const seen = lesson.seen.value;
  // The pad is empty when somebody comes back.
  useEffect(() => () => lesson.show(undefined), [lesson]);
  const take = (): void => {
    drawing.clear();
    lesson.take();
  };
  return (
    <div class="stack lesson">
      <p class="soft">{words.intro}</p>
      <div class="try-parts">
        <section class="card stack" aria-label={tried.drawing}>
          <h2>{tried.drawing}</h2>
          <Pad drawing={drawing} words={tried} onDrawn={(pixels) => lesson.show(pixels)} />
          <ReadTexts seen={seen} texts={texts} />
          <div class="row">
            <button
              type="button"
              class="primary"
              disabled={seen.kind !== 'read' || seen.look.seen.length === 0}
              onClick={take}
            >
              {words.take}
            </button>
          </div>
          <Pictures
            words={tried}
            onPicture={(file) => {
              drawing.clear();
              lesson.show(file);
            }}
          />
        </section>
        <div class="stack">
          <LabelCrops lesson={lesson} texts={texts} />
          <LearnCard lesson={lesson} texts={texts} />
        </div>
      </div>
    </div>
  );
}

/** What each model reads of the newest picture. */
function ReadTexts({ seen, texts }: { readonly seen: SeenState; readonly texts: LessonTexts }) {
  const { lesson: words, try: tried } = texts;
  if (seen.kind === 'failed') return <Notice kind="bad">{tried.failed(seen.message)}</Notice>;
  return (
    <output class="stack tight" aria-live="polite" data-state={seen.kind} data-picture={seen.number}>
      {seen.kind === 'read' ? (
        <dl class="figures">
          <div>
            <dt>{words.shipped}</dt>
            <dd class="mono">{seen.look.rows.join(' / ') || tried.nothing}</dd>
          </div>
          {seen.look.taughtRows === undefined ? null : (
            <div>
              <dt>{words.taught}</dt>
              <dd class="mono">{seen.look.taughtRows.join(' / ') || tried.nothing}</dd>
            </div>
          )}
        </dl>
      ) : (
        <p class="soft">{seen.kind === 'reading' ? tried.reading : words.waiting}</p>
      )}
    </output>
  );
}
