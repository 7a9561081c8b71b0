import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { type AcceptedValue, type ApiError, asApiError, type LiveReading } from '../api/index.js';
import { ErrorNotice, usePage, useWords } from '../page/index.js';
import { moment } from '../words/index.js';

/** What the next readings are held against, for each region that is read. @param seen what is in view now */
export function ValueForms({ seen }: { readonly seen: readonly LiveReading[] }) {
  const words = useWords().live;
  if (seen.length === 0) return null;
  return (
    <section class="card stack" aria-label={words.value}>
      <h2>{words.value}</h2>
      <p class="soft">{words.valueHint}</p>
      {seen.map(({ region, text }) => (
        <ValueForm key={region ?? ''} region={region} text={text} />
      ))}
    </section>
  );
}

interface ValueFormProps {
  readonly region: string | undefined;
  /** What is in view: with another text, another value may have been accepted. */
  readonly text: string;
}

function ValueForm({ region, text }: ValueFormProps) {
  const { access, api, language } = usePage();
  const words = useWords().live;
  const accepted = useSignal<AcceptedValue | undefined>(undefined);
  const typed = useSignal('');
  const problem = useSignal<ApiError | undefined>(undefined);
  const attempt = async (ask: () => Promise<AcceptedValue>) => {
    try {
      accepted.value = await ask();
      problem.value = undefined;
    } catch (error) {
      problem.value = asApiError(error);
    }
  };
  const set = async (value: string | null) => {
    await attempt(() => api.send('PUT', 'value', { set: value, ...(region === undefined ? {} : { region }) }));
    if (problem.value === undefined) typed.value = '';
  };
  useEffect(() => void attempt(() => api.get('value', { region })), [api, region, text]);
  const { value = null, capturedAt = null } = accepted.value ?? {};
  return (
    <form
      class="stack tight"
      onSubmit={(event) => {
        event.preventDefault();
        void set(typed.value.trim());
      }}
    >
      <p>
        {region === undefined ? null : `${region}: `}
        <strong>{value ?? words.valueNone}</strong>{' '}
        {capturedAt === null ? null : <span class="soft">{moment(capturedAt, language.locale)}</span>}
      </p>
      <div class="row" hidden={!access.mayChange}>
        <input
          inputMode="decimal"
          autoComplete="off"
          aria-label={region === undefined ? words.valueNew : words.valueNewOf(region)}
          value={typed.value}
          onInput={({ currentTarget }) => {
            typed.value = currentTarget.value;
          }}
        />
        <button type="submit" disabled={typed.value.trim() === ''}>
          {words.valueSet}
        </button>
        <button type="button" class="quiet" disabled={value === null} onClick={() => void set(null)}>
          {words.valueForget}
        </button>
      </div>
      {problem.value === undefined ? null : <ErrorNotice error={problem.value} />}
    </form>
  );
}
