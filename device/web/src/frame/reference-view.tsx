import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { type ApiError, asApiError, type ReferenceState } from '../api/index.js';
import { ErrorNotice, usePage, useWords } from '../page/index.js';
import { moment, perCent } from '../words/index.js';

const INTERVAL_MS = 3000;

/** The picture by which a knocked camera is noticed, and how the view lies beside it now. */
export function ReferenceView() {
  const { api, access, language } = usePage();
  const words = useWords().frame;
  const reference = useSignal<ReferenceState | undefined>(undefined);
  const problem = useSignal<ApiError | undefined>(undefined);
  const attempt = async (act: () => Promise<unknown>) => {
    try {
      await act();
      reference.value = await api.get<ReferenceState>('reference');
      problem.value = undefined;
    } catch (error) {
      problem.value = asApiError(error);
    }
  };
  useEffect(() => {
    const ask = () => void attempt(async () => {});
    ask();
    const timer = setInterval(() => !document.hidden && ask(), INTERVAL_MS);
    return () => clearInterval(timer);
  }, []);
  const state = reference.value;
  return (
    <section class="card stack reference-card" aria-label={words.reference}>
      <h2>{words.reference}</h2>
      <p class="soft">{words.referenceHint}</p>
      {problem.value === undefined ? null : <ErrorNotice error={problem.value} />}
      {state === undefined ? null : (
        <>
          <p class={`reference ${state.status}`} role="status">
            {words.referenceStates[state.status]}{' '}
            {state.dx === null || state.dy === null || state.status === 'none'
              ? ''
              : words.referenceShift(perCent(state.dx), perCent(state.dy))}
          </p>
          {state.takenAt === null ? null : (
            <figure>
              <img src={api.url('reference/picture', { at: state.takenAt })} alt={words.reference} />
              <figcaption class="soft">{words.referenceTaken(moment(state.takenAt, language.locale))}</figcaption>
            </figure>
          )}
        </>
      )}
      <div class="row">
        <button
          type="button"
          disabled={!access.mayChange}
          onClick={() => void attempt(() => api.send('PUT', 'reference'))}
        >
          {words.referenceTake}
        </button>
        {state === undefined || state.takenAt === null ? null : (
          <button
            type="button"
            class="danger"
            disabled={!access.mayChange}
            onClick={() => void attempt(() => api.send('DELETE', 'reference'))}
          >
            {words.referenceForget}
          </button>
        )}
      </div>
    </section>
  );
}
