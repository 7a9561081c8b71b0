import { useEffect, useRef } from 'preact/hooks';
import type UPlot from 'uplot';
import type { HistoryEvent } from '../api/index.js';
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
  const place = useRef<HTMLDivElement>(null);
  const { locale } = language;
  // The colours are read anew with another theme.
  useEffect(() => {
    const { current } = place;
    if (current === null) return;
    let isOver = false;
    let drawn: UPlot | undefined;
    const observer = new ResizeObserver(() => drawn?.setSize({ width: current.clientWidth, height: HEIGHT }));
    // Only who looks at this screen loads what draws it.
    void import('uplot').then(({ default: Plot }) => {
      if (isOver) return;
      drawn = draw(Plot, current, chartOf(events), locale, words);
      observer.observe(current);
    });
    return () => {
      isOver = true;
      observer.disconnect();
      drawn?.destroy();
    };
  }, [events, locale, theme.name, words]);
  return <div class="chart" ref={place} role="img" aria-label={words.chart} />;
}

function draw(Plot: typeof UPlot, place: HTMLElement, data: ChartData, locale: string, words: Words['history']): UPlot {
  const colour = (variable: string) => colourOf(place, variable);
  const axis = {
    stroke: colour('--ink-soft'),
    grid: { stroke: colour('--line'), width: 1 },
    ticks: { stroke: colour('--line'), width: 1 },
  };
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
        stroke: colour(COLOURS[index % COLOURS.length]),
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

/** A variable of the style sheet as a canvas takes it, which knows no `light-dark()`. */
function colourOf(place: HTMLElement, variable: string): string {
  const probe = document.createElement('span');
  probe.style.color = `var(${variable})`;
  place.append(probe);
  const { color } = getComputedStyle(probe);
  probe.remove();
  return color;
}
