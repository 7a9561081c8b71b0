import type { DeviceState, PartState } from '../api/index.js';
import { Notice } from '../look/index.js';
import { usePage, useWords } from '../page/index.js';
import { moment } from '../words/index.js';

const PARTS = ['camera', 'broker', 'model', 'storage'] as const;

/** How camera, broker, model and storage are, with what to do where something is wrong. */
export function DeviceParts({ state }: { readonly state: DeviceState }) {
  const words = useWords().live;
  return (
    <section class="card parts" aria-label={words.device}>
      <h2>{words.device}</h2>
      <ul>
        {PARTS.map((name) => (
          <Part key={name} title={words.parts[name]} part={state[name]} />
        ))}
      </ul>
      <Problems state={state} />
    </section>
  );
}

function Part({ title, part }: { readonly title: string; readonly part: PartState }) {
  const words = useWords().live;
  return (
    <li class={`part ${part.status}`}>
      <span class="light" aria-hidden="true" />
      <div>
        <strong>{title}</strong> <span class="status">{words.status[part.status]}</span>
        <div class="soft detail">{part.detail}</div>
        {part.message === undefined ? null : <div>{part.message}</div>}
        {part.remedy === undefined ? null : <div class="soft">{part.remedy}</div>}
      </div>
    </li>
  );
}

function Problems({ state }: { readonly state: DeviceState }) {
  const { language } = usePage();
  const words = useWords().live;
  // What a part says already is not said twice.
  const said = PARTS.map((name) => state[name].message);
  const others = state.problems.filter(({ message }) => !said.includes(message));
  if (others.length === 0) return null;
  return (
    <Notice kind="note">
      <h3>{words.problems}</h3>
      {others.map(({ code, message, remedy, since }) => (
        <p key={code}>
          {message} {remedy} <span class="soft">{words.since(moment(since, language.locale))}</span>
        </p>
      ))}
    </Notice>
  );
}
