import { useSignal } from '@preact/signals';
import { type ApiError, asApiError } from '../api/index.js';
import { ErrorNotice, usePage, useWords } from '../page/index.js';

/** Leaves frames unread, and reads them again; for administrators only. */
export function PauseButton({ isPaused }: { readonly isPaused: boolean }) {
  const { access, api } = usePage();
  const words = useWords().live;
  const problem = useSignal<ApiError | undefined>(undefined);
  const turn = async () => {
    try {
      await api.send('POST', isPaused ? 'resume' : 'pause');
      problem.value = undefined;
    } catch (error) {
      problem.value = asApiError(error);
    }
  };
  if (!access.mayChange) return null;
  return (
    <>
      <button type="button" onClick={() => void turn()}>
        {isPaused ? words.resume : words.pause}
      </button>
      {problem.value === undefined ? null : <ErrorNotice error={problem.value} />}
    </>
  );
}
