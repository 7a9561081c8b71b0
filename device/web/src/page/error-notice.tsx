import type { ApiError, Refusal } from '../api/index.js';
import { Notice } from '../look/index.js';
import { useWords } from './page.js';

/** What cannot be done, said before somebody tries. */
export function RefusalNotice({ refusal }: { readonly refusal: Refusal }) {
  return (
    <Notice kind="bad">
      <p>{refusal.message}</p>
      <p class="soft">{refusal.remedy}</p>
    </Notice>
  );
}

/** What the device refused, and what to do about it. */
export function ErrorNotice({ error }: { readonly error: ApiError }) {
  const words = useWords().shell;
  return (
    <Notice kind="bad">
      <p>{error.status === 0 ? words.unreachable : error.message}</p>
      {error.remedy === undefined ? null : <p class="soft">{error.remedy}</p>}
      {error.issues.map(({ path, message }) => (
        <p key={path}>
          <code>{path}</code> {message}
        </p>
      ))}
    </Notice>
  );
}
