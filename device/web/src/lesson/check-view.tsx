import type { GateReport } from '@inkcast/shared/teaching';
import type { ComponentChildren } from 'preact';
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
  const { heldBack, mnist, negatives, verifier } = report;
  const decimals = new Intl.NumberFormat(locale, { minimumFractionDigits: 2, maximumFractionDigits: 2 });
  const percent = (value: number) => `${decimals.format(value)} %`;
  const before = (count: number | null) => (count === null ? '–' : String(count));
  return (
    <section class="stack gate" aria-label={teach.check}>
      <h3>{teach.check}</h3>
      <dl class="figures">
        <Figure title={teach.onHeldBack}>
          {teach.wrong(heldBack.count, before(heldBack.wrongBefore), heldBack.wrongAfter)}{' '}
          <small class={`tag ${heldBack.verdict.replaceAll(' ', '-')}`}>{teach.verdicts[heldBack.verdict]}</small>
        </Figure>
        {verifier === null ? null : (
          <>
            <Figure title={teach.onHeldBackAround}>{wrongOf(verifier.heldBack, texts)}</Figure>
            <Figure title={teach.onKnown}>{wrongOf(verifier.known, texts)}</Figure>
          </>
        )}
        {mnist === null ? null : (
          <Figure title={teach.onMnist[mnist.source]}>
            {percent(mnist.before)} → {percent(mnist.after)}
          </Figure>
        )}
        <Figure title={teach.onNegatives}>
          {teach.falseDigits(negatives.count, before(negatives.falseBefore), negatives.falseAfter)}
        </Figure>
      </dl>
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

const wrongOf = (
  { count, wrongBefore, wrongAfter }: NonNullable<GateReport['verifier']>['known'],
  { teach }: LessonTexts,
): string => teach.wrong(count, String(wrongBefore), wrongAfter);

function Figure({ title, children }: { readonly title: string; readonly children: ComponentChildren }) {
  return (
    <div>
      <dt>{title}</dt>
      <dd>{children}</dd>
    </div>
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
