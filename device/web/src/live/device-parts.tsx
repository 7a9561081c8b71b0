import type { DeviceState, PartState, Problem } from '../api/index.js';
import { Notice } from '../look/index.js';
import { DeviceSays, usePage, useWords } from '../page/index.js';
import { moment, number } from '../words/index.js';

const PARTS = ['camera', 'broker', 'model', 'storage'] as const;

/** How camera, broker, model and storage are, with what to do where something is wrong. */
export function DeviceParts({ state }: { readonly state: DeviceState }) {
  const words = useWords().live;
  // What a part says already is not said twice.
  const said = PARTS.map((name) => state[name].message);
  const others = state.problems.filter(({ message }) => !said.includes(message));
  return (
    <section class="card parts" aria-label={words.device}>
      <h2>{words.device}</h2>
      <ul>
        {PARTS.map((name) => (
          <Part key={name} title={words.parts[name]} part={state[name]} />
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

function Part({ title, part }: { readonly title: string; readonly part: PartState }) {
  const words = useWords().live;
  return (
    <li class={`part ${part.status}`}>
      <span class="light" aria-hidden="true" />
      <div>
        <strong>{title}</strong> <span class="status">{words.status[part.status]}</span>
        <p class="soft detail">{part.detail ?? words.notConfigured}</p>
        {part.message === undefined ? null : <DeviceSays said={{ ...part, message: part.message }} />}
      </div>
    </li>
  );
}

function ProblemText({ problem }: { readonly problem: Problem }) {
  const { language } = usePage();
  const words = useWords().live;
  return (
    <>
      <DeviceSays said={problem} />
      <p class="soft">{words.since(moment(problem.since, language.locale))}</p>
    </>
  );
}

function Measurements({ state }: { readonly state: DeviceState }) {
  const { language } = usePage();
  const words = useWords().live;
  const measured = [
    `Inkcast ${state.version}`,
    words.memory(number(state.memory.residentBytes / 1e6, language.locale, 0)),
    state.temperature === null ? '' : `${number(state.temperature, language.locale, 0)} °C`,
    state.queue.depth === 0 ? '' : words.waitingEvents(state.queue.depth),
  ];
  return <p class="soft measured">{measured.filter(Boolean).join(' · ')}</p>;
}
