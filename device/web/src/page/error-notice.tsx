import type { ApiError, Refusal } from '../api/index.js';
import { Notice } from '../look/index.js';
import { issueIn } from '../words/index.js';
import { DeviceSays } from './device-says.js';
import { usePage, useWords } from './page.js';

/** What cannot be done, said before somebody tries. */
export function RefusalNotice({ refusal }: { readonly refusal: Refusal }) {
  return (
    <Notice kind="bad">
      <DeviceSays said={refusal} />
    </Notice>
  );
}

/** What the device refused, and what to do about it. */
export function ErrorNotice({ error }: { readonly error: ApiError }) {
  const { language } = usePage();
  const words = useWords().shell;
  return (
    <Notice kind="bad">
      {error.status === 0 ? <p>{words.unreachable}</p> : <DeviceSays said={error} />}
      {error.issues.map(({ path, message }) => (
        <p key={path}>
          <code>{path}</code> {issueIn(language.deviceTexts, message)}
        </p>
      ))}
    </Notice>
  );
}
