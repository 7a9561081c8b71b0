import type { HistoryEvent } from '../api/index.js';
import { usePage, useWords } from '../page/index.js';
import { moment, perCent } from '../words/index.js';
import type { HistoryList } from './history-list.js';

/** Each event in a row, with its small picture where one is kept. */
export function EventTable({ list, events }: { readonly list: HistoryList; readonly events: readonly HistoryEvent[] }) {
  const words = useWords().history;
  const hasRegions = events.some(({ region }) => region !== undefined);
  const hasPictures = events.some(({ picture }) => picture);
  return (
    <table class="events">
      <caption class="unseen">{words.table}</caption>
      <thead>
        <tr>
          {hasPictures ? <th scope="col">{words.picture}</th> : null}
          <th scope="col">{words.time}</th>
          {hasRegions ? <th scope="col">{words.region}</th> : null}
          <th scope="col">{words.reading}</th>
          <th scope="col">{words.kind}</th>
          <th scope="col">{words.confidence}</th>
        </tr>
      </thead>
      <tbody>
        {events.map((event) => (
          <EventRow key={event.id} list={list} event={event} hasRegions={hasRegions} hasPictures={hasPictures} />
        ))}
      </tbody>
    </table>
  );
}

interface EventRowProps {
  readonly list: HistoryList;
  readonly event: HistoryEvent;
  readonly hasRegions: boolean;
  readonly hasPictures: boolean;
}

function EventRow({ list, event, hasRegions, hasPictures }: EventRowProps) {
  const { language } = usePage();
  const words = useWords().history;
  const { id, capturedAt, text, event_type, region, confidence, picture } = event;
  return (
    <tr>
      {hasPictures ? (
        <td class="thumbnail">
          {picture ? (
            <a href={list.pictureUrl(id)} target="_blank" rel="noreferrer">
              <img src={list.pictureUrl(id)} alt={words.pictureOf(text)} loading="lazy" width="96" height="72" />
            </a>
          ) : null}
        </td>
      ) : null}
      <td class="time">
        <time dateTime={capturedAt}>{moment(capturedAt, language.locale)}</time>
      </td>
      {hasRegions ? <td class="region">{region ?? ''}</td> : null}
      <td class="value">{text === '' ? '–' : text}</td>
      <td class="kind">{words.kinds[event_type]}</td>
      <td class="confidence">{confidence === null ? '–' : perCent(confidence)}</td>
    </tr>
  );
}
