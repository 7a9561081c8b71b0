import type { GateReport } from '../api/index.js';
import type { TeachWords } from '../words/index.js';

interface GateFiguresProps {
  readonly report: GateReport;
  readonly words: TeachWords;
  readonly locale: string;
}

/** The new model beside the old one, in counts. */
export function GateFigures({ report: { heldBack, mnist, negatives, verifier }, words, locale }: GateFiguresProps) {
  const decimals = new Intl.NumberFormat(locale, { minimumFractionDigits: 2, maximumFractionDigits: 2 });
  const percent = (value: number) => `${decimals.format(value)} %`;
  const before = (count: number | null) => (count === null ? '–' : String(count));
  return (
    <dl class="figures">
      <div>
        <dt>{words.onHeldBack}</dt>
        <dd>
          {words.wrong(heldBack.count, before(heldBack.wrongBefore), heldBack.wrongAfter)}{' '}
          <small class={`tag ${heldBack.verdict.replaceAll(' ', '-')}`}>{words.verdicts[heldBack.verdict]}</small>
        </dd>
      </div>
      {verifier === null ? null : (
        <>
          <Wrong title={words.onHeldBackAround} of={verifier.heldBack} words={words} />
          <Wrong title={words.onKnown} of={verifier.known} words={words} />
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
  readonly words: TeachWords;
}

function Wrong({ title, of: { count, wrongBefore, wrongAfter }, words }: WrongProps) {
  return (
    <div>
      <dt>{title}</dt>
      <dd>{words.wrong(count, String(wrongBefore), wrongAfter)}</dd>
    </div>
  );
}
