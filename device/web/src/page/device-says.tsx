import { type Told, toldIn } from '../words/index.js';
import { usePage } from './page.js';

/** What the device says is wrong, and what to do about it; its own sentence is kept where it is retold. */
export function DeviceSays({ said }: { readonly said: Told }) {
  const { language } = usePage();
  const { message, remedy, original } = toldIn(language.deviceTexts, said);
  return (
    <>
      <p class="detail">{message}</p>
      {original === undefined ? null : (
        <p class="soft detail" lang="en">
          {original}
        </p>
      )}
      {remedy === undefined ? null : <p class="soft">{remedy}</p>}
    </>
  );
}
