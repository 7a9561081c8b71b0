import type UPlot from 'uplot';
import type { Epoch } from '../api/index.js';
import { axisOf, colourOf, usePlot } from '../look/index.js';
import { usePage, useWords } from '../page/index.js';
import { number, perCent, type Words } from '../words/index.js';

const HEIGHT = 200;

/** How loss and accuracy go on from epoch to epoch; the newest of them stand beside it in words. */
export function LearningChart({ curve }: { readonly curve: readonly Epoch[] }) {
  const { language, theme } = usePage();
  const words = useWords().teach;
  const { locale } = language;
  const place = usePlot(
    (Plot, current) => draw(Plot, current, curve, locale, words),
    [curve.length, locale, theme.name, words],
  );
  return <div class="chart small" ref={place} role="img" aria-label={words.chart} />;
}

function draw(
  Plot: typeof UPlot,
  place: HTMLElement,
  curve: readonly Epoch[],
  locale: string,
  words: Words['teach'],
): UPlot {
  const axis = axisOf(place);
  const share = (value: number) => perCent(value);
  const options: UPlot.Options = {
    width: place.clientWidth,
    height: HEIGHT,
    scales: { x: { time: false }, accuracy: { range: [0, 1] } },
    axes: [
      { ...axis, incrs: [1, 2, 5, 10] },
      { ...axis, size: 56, values: (_, splits) => splits.map((value) => number(value, locale, 2)) },
      {
        ...axis,
        size: 56,
        scale: 'accuracy',
        side: 1,
        grid: { show: false },
        values: (_, splits) => splits.map(share),
      },
    ],
    series: [
      { label: words.epoch },
      {
        label: words.loss,
        stroke: colourOf(place, '--accent'),
        width: 2,
        value: (_, value: number | null) => (value === null ? '–' : number(value, locale, 3)),
      },
      {
        label: words.accuracy,
        scale: 'accuracy',
        stroke: colourOf(place, '--good'),
        width: 2,
        dash: [6, 4],
        value: (_, value: number | null) => (value === null ? '–' : share(value)),
      },
    ],
  };
  return new Plot(
    options,
    [curve.map(({ epoch }) => epoch), curve.map(({ loss }) => loss), curve.map(({ accuracy = null }) => accuracy)],
    place,
  );
}
