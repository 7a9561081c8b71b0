import type { GateReport } from '@inkcast/shared/teaching';
import { GateFigures } from '../labelling/index.js';
import { Notice } from '../look/index.js';
import type { GivenCrop } from './labels.js';
import type { LessonTexts } from './lesson-texts.js';
import { Pixels } from './pixels.js';

interface CheckViewProps {
  readonly report: GateReport;
  readonly crops: readonly GivenCrop[];
  readonly texts: LessonTexts;
}

/** The taught model beside the shipped one, in counts and in crops. */
export function CheckView({ report, crops, texts }: CheckViewProps) {
  const { lesson: words, teach, locale } = texts;
  return (
    <section class="stack gate" aria-label={teach.check}>
      <h3>{teach.check}</h3>
      <GateFigures report={report} words={teach} locale={locale} />
      <Changed title={teach.fixed} ids={report.fixed} crops={crops} texts={texts} />
      <Changed title={teach.broken} ids={report.broken} crops={crops} texts={texts} />
      <Notice kind={report.passed ? 'good' : 'bad'}>
        <p>{report.passed ? words.inUse : words.notUsed}</p>
        {report.reasons.map((reason) => (
          <p key={reason}>{reason}</p>
        ))}
      </Notice>
    </section>
  );
}

interface ChangedProps extends Pick<CheckViewProps, 'crops' | 'texts'> {
  readonly title: string;
  readonly ids: readonly string[];
}

/** Crops that the two models say different things of. */
function Changed({ title, ids, crops, texts }: ChangedProps) {
  const changed = crops.filter(({ id }) => ids.includes(id));
  return (
    <div class="stack tight">
      <h3>
        {title}: {changed.length}
      </h3>
      {changed.length === 0 ? null : (
        <ul class="changed">
          {changed.map(({ id, pixels, label }) => (
            <li key={id}>
              <Pixels pixels={pixels} label={texts.teach.cropOf(label)} size={56} />
              <span>{label}</span>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
