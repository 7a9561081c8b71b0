import type { ChangedCrop, GateReport, TeachLearning } from '../api/index.js';
import { GateFigures } from '../labelling/index.js';
import { Notice } from '../look/index.js';
import { usePage, useWords } from '../page/index.js';
import { perCent } from '../words/index.js';
import { SmallCrop } from './crop-view.js';
import { NONE } from './keys.js';
import type { Teaching } from './teaching.js';

interface GateViewProps {
  readonly teaching: Teaching;
  readonly learning: TeachLearning;
  readonly report: GateReport;
  /** Whether the learned model already reads. */
  readonly isInUse: boolean;
}

/** The new model beside the old one, in counts, and the way to use it where it passed. */
export function GateView({ teaching, learning, report, isInUse }: GateViewProps) {
  const { access, language } = usePage();
  const words = useWords().teach;
  const changes = teaching.changes.value;
  return (
    <section class="stack gate" aria-label={words.check}>
      <h3>
        {words.check}: <span class="mono">{learning.candidate}</span>
      </h3>
      <GateFigures report={report} words={words} locale={language.locale} />
      {changes === undefined ? null : (
        <>
          <Changed teaching={teaching} title={words.fixed} crops={changes.fixed} />
          <Changed teaching={teaching} title={words.broken} crops={changes.broken} />
        </>
      )}
      <Notice kind={report.passed ? 'good' : 'bad'}>
        <p>{report.passed ? (isInUse ? words.inUse : words.passed) : words.notPassed}</p>
        {report.reasons.map((reason) => (
          <p key={reason}>{reason}</p>
        ))}
      </Notice>
      {report.passed && !isInUse && access.mayChange ? (
        <div class="row">
          <button type="button" class="primary" disabled={teaching.isBusy} onClick={() => void teaching.swap()}>
            {words.swap}
          </button>
        </div>
      ) : null}
    </section>
  );
}

interface ChangedProps {
  readonly teaching: Teaching;
  readonly title: string;
  readonly crops: readonly ChangedCrop[];
}

/** Crops that the models say different things of. */
function Changed({ teaching, title, crops }: ChangedProps) {
  const words = useWords().teach;
  const nameOf = (label: string) => (label === NONE ? words.none : label);
  return (
    <div class="stack tight">
      <h3>
        {title}: {crops.length}
      </h3>
      {crops.length === 0 ? null : (
        <ul class="changed">
          {crops.map(({ id, label, before, after }) => (
            <li key={id}>
              <SmallCrop teaching={teaching} id={id} alt={words.cropOf(nameOf(label))} />
              <span title={`${perCent(before.probability)} → ${perCent(after.probability)}`}>
                {nameOf(before.label)} → {nameOf(after.label)}
              </span>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
