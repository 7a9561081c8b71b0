import { type Signal, useSignal } from '@preact/signals';
import type { ExplainedCandidate, Explanation } from '../api/index.js';
import { usePage, useWords } from '../page/index.js';
import { number, perCent } from '../words/index.js';

/** A frame of print has hundreds of candidates; the likeliest stand first. */
const SHOWN_AT_FIRST = 24;

interface CandidateListProps {
  readonly explanation: Explanation;
  /** Number of the candidate that is pointed at. */
  readonly chosen: Signal<number | undefined>;
}

/** Each candidate with what the classifier was shown, what it said, and why it was rejected. */
export function CandidateList({ explanation: { candidates, labels }, chosen }: CandidateListProps) {
  const words = useWords().frame;
  const isWhole = useSignal(false);
  const shown = isWhole.value ? candidates : candidates.slice(0, SHOWN_AT_FIRST);
  return (
    <>
      <ul class="candidates">
        {shown.map((candidate) => (
          <Candidate key={candidate.id} candidate={candidate} labels={labels} chosen={chosen} />
        ))}
      </ul>
      {shown.length === candidates.length ? null : (
        <button
          type="button"
          onClick={() => {
            isWhole.value = true;
          }}
        >
          {words.showAll(candidates.length)}
        </button>
      )}
    </>
  );
}

interface CandidateProps {
  readonly candidate: ExplainedCandidate;
  readonly labels: readonly string[];
  readonly chosen: Signal<number | undefined>;
}

function Candidate({ candidate, labels, chosen }: CandidateProps) {
  const { language } = usePage();
  const words = useWords().frame;
  const { id, outcome, digit, confidence, rule, value, limit, crop } = candidate;
  const share = perCent(confidence);
  const shown = (measured: number) => number(measured, language.locale, 2);
  return (
    <li
      class={`candidate ${outcome} ${chosen.value === id ? 'chosen' : ''}`}
      onPointerEnter={() => {
        chosen.value = id;
      }}
    >
      <img src={crop} alt={words.crop} width="56" height="56" />
      <div>
        <strong>{outcome === 'read' ? words.readAs(digit, share) : words.rejectedAs(digit, share)}</strong>
        {rule === undefined ? null : (
          <p class="soft">
            {words.rulesOfReading[rule]}{' '}
            {value === undefined || limit === undefined ? '' : words.compared(shown(value), shown(limit))}
          </p>
        )}
        <Bars candidate={candidate} labels={labels} />
      </div>
    </li>
  );
}

/** What the classifier said of each label. */
function Bars({ candidate, labels }: { readonly candidate: ExplainedCandidate; readonly labels: readonly string[] }) {
  return (
    <span class="bars" aria-hidden="true">
      {candidate.probabilities.map((probability, index) => (
        <span key={labels[index]} title={`${labels[index]}: ${perCent(probability)}`}>
          <i style={{ height: `${100 * probability}%` }} />
          <b>{labels[index] === 'none' ? '–' : labels[index]}</b>
        </span>
      ))}
    </span>
  );
}
