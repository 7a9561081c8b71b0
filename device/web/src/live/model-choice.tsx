import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { type ApiError, asApiError, type Model } from '../api/index.js';
import { Notice } from '../look/index.js';
import { ErrorNotice, usePage, useWords } from '../page/index.js';
import { perCent } from '../words/index.js';

/** The models that are installed: an earlier one is gone back to by choosing it. */
export function ModelChoice() {
  const { access, api, state } = usePage();
  const words = useWords().live;
  const models = useSignal<readonly Model[]>([]);
  const used = useSignal<string | undefined>(undefined);
  const problem = useSignal<ApiError | undefined>(undefined);
  const inUse = state.state.value?.model.detail;
  const attempt = async (ask: () => Promise<{ readonly models: readonly Model[] }>) => {
    try {
      models.value = (await ask()).models;
      problem.value = undefined;
    } catch (error) {
      problem.value = asApiError(error);
    }
  };
  // Another one may have been chosen, or installed and used, elsewhere.
  useEffect(() => void attempt(() => api.get('models')), [api, inUse]);
  const use = async (model: string) => {
    used.value = undefined;
    await attempt(() => api.send('POST', 'models/use', { model }));
    if (problem.value === undefined) used.value = model;
  };
  return (
    <section class="card stack parts" aria-label={words.models}>
      <h2>{words.models}</h2>
      <ul>
        {models.value.map(({ model, accuracy, active }) => (
          <li key={model} class="part">
            <div class="stack tight">
              <strong>{model}</strong>
              <p class="soft">{words.modelAccuracy(perCent(accuracy))}</p>
              {active ? <span class="status">{words.modelInUse}</span> : null}
              {active || !access.mayChange ? null : (
                <button type="button" onClick={() => void use(model)}>
                  {words.modelUse(model)}
                </button>
              )}
            </div>
          </li>
        ))}
      </ul>
      {used.value === undefined ? null : <Notice kind="good">{words.modelUsed(used.value)}</Notice>}
      {problem.value === undefined ? null : <ErrorNotice error={problem.value} />}
    </section>
  );
}
