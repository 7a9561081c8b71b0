import type { ChangedCrop, GateReport, TeachLearning } from '../api/index.js';
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
  const { access } = usePage();
  const words = useWords().teach;
  const changes = teaching.changes.value;
  return (
    <section class="stack gate" aria-label={words.check}>
      <h3>
        {words.check}: <span class="mono">{learning.candidate}</span>
      </h3>
      <Figures report={report} />
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

function Figures({ report: { heldBack, mnist, negatives, verifier } }: { readonly report: GateReport }) {
  const { language } = usePage();
  const words = useWords().teach;
  const decimals = new Intl.NumberFormat(language.locale, { minimumFractionDigits: 2, maximumFractionDigits: 2 });
  const percent = (value: number) => `${decimals.format(value)} %`;
  const before = (count: number | null) => (count === null ? '–' : String(count));
  return (
    <dl class="figures">
      <div>
        <dt>{words.onHeldBack}</dt>
        <dd>
          {words.wrong(heldBack.count, before(heldBack.wrongBefore), heldBack.wrongAfter)}
          <small class={`tag ${heldBack.verdict.replaceAll(' ', '-')}`}>{words.verdicts[heldBack.verdict]}</small>
        </dd>
      </div>
      {verifier === null ? null : (
        <>
          <Wrong title={words.onHeldBackAround} of={verifier.heldBack} />
          <Wrong title={words.onKnown} of={verifier.known} />
        </>
      )}
      {mnist === null ? null : (
        <div>
          <dt>{words.onMnist[mnist.source]}</dt>
          <dd>
            {percent(mnist.before)} → {percent(mnist.after)}
          </dd>
        </div>
      )}
      <div>
        <dt>{words.onNegatives}</dt>
        <dd>{words.falseDigits(negatives.count, before(negatives.falseBefore), negatives.falseAfter)}</dd>
      </div>
    </dl>
  );
}

interface WrongProps {
  readonly title: string;
  readonly of: NonNullable<GateReport['verifier']>['heldBack'];
}

function Wrong({ title, of: { count, wrongBefore, wrongAfter } }: WrongProps) {
  const words = useWords().teach;
  return (
    <div>
      <dt>{title}</dt>
      <dd>{words.wrong(count, String(wrongBefore), wrongAfter)}</dd>
    </div>
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
