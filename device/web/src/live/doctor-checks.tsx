import { useSignal } from '@preact/signals';
import { type ApiError, asApiError, type CheckMessage } from '../api/index.js';
import { DeviceSays, ErrorNotice, usePage, useWords } from '../page/index.js';

/** Everything that the device needs, looked at on request, in the words of `inkcast doctor`. */
export function DoctorChecks() {
  const { api } = usePage();
  const words = useWords().live;
  const checks = useSignal<readonly CheckMessage[] | undefined>(undefined);
  const problem = useSignal<ApiError | undefined>(undefined);
  const runs = useSignal(false);
  const check = async () => {
    runs.value = true;
    try {
      checks.value = (await api.get<{ readonly checks: readonly CheckMessage[] }>('doctor')).checks;
      problem.value = undefined;
    } catch (error) {
      problem.value = asApiError(error);
    } finally {
      runs.value = false;
    }
  };
  return (
    <section class="card stack parts" aria-label={words.doctor} aria-busy={runs.value}>
      <button type="button" disabled={runs.value} onClick={() => void check()}>
        {runs.value ? words.doctorRuns : words.doctor}
      </button>
      {problem.value === undefined ? null : <ErrorNotice error={problem.value} />}
      {checks.value === undefined ? null : (
        <>
          {checks.value.every(({ status }) => status === 'ok') ? <p role="status">{words.doctorGood}</p> : null}
          <ul>
            {checks.value.map((one) => (
              <CheckLine key={one.name} check={one} />
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

function CheckLine({ check: { name, status, detail, details, ...more } }: { readonly check: CheckMessage }) {
  const words = useWords().live;
  const names: Readonly<Record<string, string | undefined>> = words.checks;
  return (
    <li class={`part ${status}`}>
      <span class="light" aria-hidden="true" />
      <div>
        <strong>{names[name] ?? name}</strong> <span class="status">{words.checkStatus[status]}</span>
        <DeviceSays said={{ message: detail, ...more }} />
        {details === undefined ? null : <pre class="mono">{details}</pre>}
      </div>
    </li>
  );
}
