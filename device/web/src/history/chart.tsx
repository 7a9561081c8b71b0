import type UPlot from 'uplot';
import type { HistoryEvent } from '../api/index.js';
import { axisOf, colourOf, usePlot } from '../look/index.js';
import { usePage, useWords } from '../page/index.js';
import { moment, type Words } from '../words/index.js';
import { type ChartData, chartOf } from './filter.js';

const HEIGHT = 260;
/** Variables of the style sheet, one a region, then again from the first. */
const COLOURS = ['--accent', '--good', '--warn', '--bad'];

/** The values over time. The table below says the same in words. */
export function Chart({ events }: { readonly events: readonly HistoryEvent[] }) {
  const { language, theme } = usePage();
  const words = useWords().history;
  const { locale } = language;
  // The colours are read anew with another theme.
  const place = usePlot(
    (Plot, current) => draw(Plot, current, chartOf(events), locale, words),
    [events, locale, theme.name, words],
  );
  return <div class="chart" ref={place} role="img" aria-label={words.chart} />;
}

function draw(Plot: typeof UPlot, place: HTMLElement, data: ChartData, locale: string, words: Words['history']): UPlot {
  const axis = axisOf(place);
  const numbers = new Intl.NumberFormat(locale, { maximumFractionDigits: 6, useGrouping: false });
  // A reading holds until the next.
  const paths = Plot.paths.stepped?.({ align: 1 });
  const stepped = paths === undefined ? {} : { paths };
  const options: UPlot.Options = {
    width: place.clientWidth,
    height: HEIGHT,
    axes: [
      { ...axis, values: (_, seconds) => timesOf(seconds, locale) },
      { ...axis, size: 70, values: (_, splits) => splits.map((value) => numbers.format(value)) },
    ],
    series: [
      {
        label: words.time,
        value: (_, seconds) => (seconds === null ? '–' : moment(new Date(seconds * 1000).toISOString(), locale)),
      },
      ...data.regions.map((region, index) => ({
        label: region === '' ? words.reading : region,
        stroke: colourOf(place, COLOURS[index % COLOURS.length]),
        width: 2,
        ...stepped,
        value: (_: UPlot, value: number | null) => (value === null ? '–' : numbers.format(value)),
      })),
    ],
  };
  const values = data.values.map((series) => [...series]);
  return new Plot(options, [[...data.times], ...values], place);
}

/** Below the axis: the time of day, and the day where another one begins. */
function timesOf(seconds: readonly number[], locale: string): string[] {
  const day = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short' });
  const time = new Intl.DateTimeFormat(locale, { timeStyle: 'short' });
  const dates = seconds.map((each) => new Date(each * 1000));
  return dates.map((date, index) => {
    const isAnotherDay = date.toDateString() !== dates[index - 1]?.toDateString();
    return isAnotherDay ? `${time.format(date)}\n${day.format(date)}` : time.format(date);
  });
}
