import { type Signal, useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { type ApiError, asApiError, type Explanation } from '../api/index.js';
import { Toggle } from '../look/index.js';
import { ErrorNotice, usePage, useWords } from '../page/index.js';
import { CandidateList } from './candidate-list.js';

const FOLLOW_MS = 2000;

/** The steps by which the newest frame is read: picture, ink, heat, candidates, and why some were rejected. */
export function Steps({ region }: { readonly region: string | null }) {
  const { api } = usePage();
  const words = useWords().frame;
  const explanation = useSignal<Explanation | undefined>(undefined);
  const problem = useSignal<ApiError | undefined>(undefined);
  const isOpen = useSignal(false);
  const follows = useSignal(false);
  const look = async () => {
    try {
      explanation.value = await api.get<Explanation>('explain', { region: region ?? undefined });
      problem.value = undefined;
    } catch (error) {
      problem.value = asApiError(error);
    }
  };
  useEffect(() => {
    if (!isOpen.value) return;
    void look();
    if (!follows.value) return;
    const timer = setInterval(() => !document.hidden && void look(), FOLLOW_MS);
    return () => clearInterval(timer);
  }, [isOpen.value, follows.value, region]);
  return (
    <details class="card steps" onToggle={({ currentTarget }) => (isOpen.value = currentTarget.open)}>
      <summary>{words.steps}</summary>
      <div class="stack">
        <div class="row">
          <button type="button" onClick={() => void look()}>
            {words.stepsAgain}
          </button>
          <Toggle label={words.stepsFollow} on={follows} />
        </div>
        {problem.value === undefined ? null : <ErrorNotice error={problem.value} />}
        {explanation.value === undefined ? null : <Explained explanation={explanation.value} />}
      </div>
    </details>
  );
}

function Explained({ explanation }: { readonly explanation: Explanation }) {
  const words = useWords().frame;
  const chosen = useSignal<number | undefined>(undefined);
  const { ink, spotter } = explanation;
  return (
    <>
      <div class="step-row">
        <figure>
          <Marked explanation={explanation} chosen={chosen} />
          <figcaption>{words.gray}</figcaption>
        </figure>
        {ink.map(({ picture, scale }) => (
          <Step key={scale} picture={picture} words={words.ink(String(scale))} />
        ))}
        {spotter.heatMaps.map(({ picture, scale }) => (
          <Step key={scale} picture={picture} words={words.heat(String(scale))} />
        ))}
      </div>
      <h3>{words.candidates}</h3>
      <CandidateList explanation={explanation} chosen={chosen} />
    </>
  );
}

function Step({ picture, words }: { readonly picture: string; readonly words: string }) {
  return (
    <figure>
      <img src={picture} alt={words} />
      <figcaption>{words}</figcaption>
    </figure>
  );
}

interface MarkedProps {
  readonly explanation: Explanation;
  /** Number of the candidate that is pointed at. */
  readonly chosen: Signal<number | undefined>;
}

/** The picture with a box for each candidate. */
function Marked({ explanation: { picture, width, height, candidates }, chosen }: MarkedProps) {
  const words = useWords().frame;
  return (
    <div class="marked">
      <img src={picture} alt={words.gray} />
      <svg viewBox={`0 0 ${width} ${height}`} preserveAspectRatio="none" aria-hidden="true">
        {candidates.map(({ id, box: [x, y, w, h], outcome }) => (
          <rect
            key={id}
            class={`${outcome} ${chosen.value === id ? 'chosen' : ''}`}
            x={x}
            y={y}
            width={w}
            height={h}
            onPointerEnter={() => {
              chosen.value = id;
            }}
          />
        ))}
      </svg>
    </div>
  );
}
