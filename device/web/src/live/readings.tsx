import type { LiveReading } from '../api/index.js';
import { usePage, useWords } from '../page/index.js';
import { ago, moment, perCent } from '../words/index.js';

/** What is read, as large as there is room, one card for each region. */
export function Readings({ readings }: { readonly readings: readonly LiveReading[] }) {
  const words = useWords().live;
  return (
    <section class="readings" aria-label={words.readings}>
      {readings.length === 0 ? <p class="soft">{words.noReading}</p> : null}
      {readings.map((reading) => (
        <ReadingCard key={reading.region ?? ''} reading={reading} />
      ))}
    </section>
  );
}

function ReadingCard({ reading }: { readonly reading: LiveReading }) {
  const { language } = usePage();
  const words = useWords().live;
  const { region, text, confidence, since } = reading;
  return (
    <article class="card reading">
      <h2>{region ?? words.reading}</h2>
      <output class={text === '' ? 'text none' : 'text'}>{text === '' ? words.nothing : text}</output>
      <p class="soft">
        <time dateTime={since} title={moment(since, language.locale)}>
          {words.since(`${moment(since, language.locale)} (${ago(since, language.locale)})`)}
        </time>
        {confidence === null ? null : <span>{words.confidence(perCent(confidence))}</span>}
      </p>
    </article>
  );
}
