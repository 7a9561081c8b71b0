import { useEffect, useMemo } from 'preact/hooks';
import { ErrorNotice, usePage, useWords } from '../page/index.js';
import { Chart } from './chart.js';
import { EventTable } from './event-table.js';
import { Filters } from './filters.js';
import { HistoryList } from './history-list.js';

export function HistoryScreen() {
  const { api } = usePage();
  const words = useWords();
  const list = useMemo(() => new HistoryList(api), [api]);
  useEffect(() => {
    list.start();
    return () => list.stop();
  }, [list]);
  const events = list.events.value;
  return (
    <section class="stack" aria-label={words.screens.history}>
      <Filters list={list} />
      {list.problem.value === undefined ? null : <ErrorNotice error={list.problem.value} />}
      {events === undefined ? <p class="soft">{words.shell.loading}</p> : null}
      {events?.length === 0 ? <p class="soft">{words.history.empty}</p> : null}
      {events === undefined || events.length === 0 ? null : (
        <>
          <div class="card">
            <Chart events={events} />
          </div>
          <div class="card table">
            <EventTable list={list} events={events} />
          </div>
        </>
      )}
      {list.hasMore ? (
        <button type="button" onClick={() => void list.more()}>
          {words.history.more}
        </button>
      ) : null}
    </section>
  );
}
