import { useEffect, useMemo } from 'preact/hooks';
import type { TeachState } from '../api/index.js';
import { Notice } from '../look/index.js';
import { ErrorNotice, usePage, useWords } from '../page/index.js';
import { ClassesForm } from './classes-form.js';
import { CropList } from './crop-list.js';
import { DataCard } from './data-card.js';
import { DoubtCard } from './doubt-card.js';
import { DoubtList } from './doubt-list.js';
import { LabelCard } from './label-card.js';
import { LearnCard } from './learn-card.js';
import { Teaching } from './teaching.js';

export function TeachScreen() {
  const { api } = usePage();
  const words = useWords();
  const teaching = useMemo(() => new Teaching(api), [api]);
  useEffect(() => {
    teaching.start();
    return () => teaching.stop();
  }, [teaching]);
  const state = teaching.state.value;
  return (
    <section class="stack teach" aria-label={words.screens.teach}>
      {teaching.problem.value === undefined ? null : <ErrorNotice error={teaching.problem.value} />}
      {state === undefined ? <p class="soft">{words.shell.loading}</p> : <Parts teaching={teaching} state={state} />}
    </section>
  );
}

export interface TeachProps {
  readonly teaching: Teaching;
  readonly state: TeachState;
}

function Parts({ teaching, state }: TeachProps) {
  const { access, api } = usePage();
  const words = useWords();
  const crops = useMemo(() => new CropList(api), [api]);
  const doubts = useMemo(() => new DoubtList(api, () => void teaching.learn()), [api, teaching]);
  const { mayChange } = access;
  return (
    <>
      {mayChange ? null : <Notice kind="note">{words.shell.viewerOnly}</Notice>}
      {state.enabled ? null : <TurnOn teaching={teaching} />}
      {doubts.doubts.value.length > 0 ? (
        <DoubtCard teaching={teaching} state={state} doubts={doubts} />
      ) : (
        state.enabled && <LabelCard teaching={teaching} state={state} crops={crops} />
      )}
      <div class="teach-parts">
        <LearnCard teaching={teaching} state={state} doubts={doubts} />
        <div class="stack">
          <DataCard teaching={teaching} state={state} />
          {mayChange && state.enabled ? <ClassesForm teaching={teaching} state={state} /> : null}
        </div>
      </div>
    </>
  );
}

function TurnOn({ teaching }: { readonly teaching: Teaching }) {
  const { access } = usePage();
  const words = useWords().teach;
  return (
    <section class="card stack" aria-label={words.off}>
      <p>{words.off}</p>
      <p class="soft">{words.offHint}</p>
      {access.mayChange ? (
        <div class="row">
          <button type="button" class="primary" disabled={teaching.isBusy} onClick={() => void teaching.turnOn()}>
            {words.turnOn}
          </button>
        </div>
      ) : null}
    </section>
  );
}
