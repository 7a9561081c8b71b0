import type { DeviceState, Problem } from '../api/index.js';
import { Notice } from '../look/index.js';
import { usePage, useWords } from '../page/index.js';
import { moment, number } from '../words/index.js';
import { otherProblems, type Part, type PartName, partsOf } from './parts.js';

/** How camera, broker, model and storage are, with what to do where something is wrong. */
export function DeviceParts({ state }: { readonly state: DeviceState }) {
  const words = useWords().live;
  const others = otherProblems(state);
  return (
    <section class="card parts" aria-label={words.device}>
      <h2>{words.device}</h2>
      <ul>
        {partsOf(state).map((part) => (
          <PartLine key={part.name} part={part} state={state} />
        ))}
      </ul>
      {others.length === 0 ? null : (
        <Notice kind="note">
          {others.map((problem) => (
            <ProblemText key={problem.code} problem={problem} />
          ))}
        </Notice>
      )}
      <Measurements state={state} />
    </section>
  );
}

function PartLine({ part, state }: { readonly part: Part; readonly state: DeviceState }) {
  const words = useWords().live;
  return (
    <li class={`part ${part.status}`}>
      <span class="light" aria-hidden="true" />
      <div>
        <strong>{words.parts[part.name]}</strong> <span class="status">{words.status[part.status]}</span>
        <Detail name={part.name} state={state} />
        {part.problems.map((problem) => (
          <ProblemText key={problem.code} problem={problem} />
        ))}
      </div>
    </li>
  );
}

function Detail({ name, state }: { readonly name: PartName; readonly state: DeviceState }) {
  const words = useWords().live;
  if (name === 'model' && state.model !== null) {
    return <div class="soft">{`${state.model} · ${state.accelerator.kind}`}</div>;
  }
  if (name === 'storage' && state.queue.depth > 0)
    return <div class="soft">{words.waitingEvents(state.queue.depth)}</div>;
  return null;
}

function ProblemText({ problem: { message, hint, since } }: { readonly problem: Problem }) {
  const { language } = usePage();
  const words = useWords().live;
  return (
    <div class="problem">
      <p>{message}</p>
      {hint === undefined ? null : <p class="soft">{hint}</p>}
      <p class="soft">{words.since(moment(since, language.locale))}</p>
    </div>
  );
}

function Measurements({ state }: { readonly state: DeviceState }) {
  const { language } = usePage();
  const words = useWords().live;
  const megabytes = number(state.memory.residentBytes / 1e6, language.locale, 0);
  const measured = [
    `Inkcast ${state.version}`,
    words.memory(megabytes),
    state.temperature === null ? '' : `${number(state.temperature, language.locale, 0)} °C`,
  ];
  return <p class="soft measured">{measured.filter(Boolean).join(' · ')}</p>;
}
