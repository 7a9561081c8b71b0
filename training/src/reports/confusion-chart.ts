import { renderSvg } from './render-chart.js';

/** Pixels of one cell, and around the matrix. */
const CELL = 46;
const MARGIN = { left: 90, right: 30, top: 60, bottom: 70 };

/**
 * A confusion matrix as SVG: row true, column predicted. The colour of an error is its share of the row. Correct
 * predictions are pale, because they would hide the errors.
 */
export function confusionChart(
  confusion: readonly (readonly number[])[],
  labels: readonly string[],
  title: string,
): string {
  const cells = confusion.flatMap((row, truth) => {
    const total = row.reduce((sum, value) => sum + value, 0);
    return row.map((value, predicted) => {
      const share = truth === predicted || total === 0 ? 0 : (100 * value) / total;
      const label = { show: value > 0, formatter: String(value), fontWeight: truth === predicted ? 'bold' : 'normal' };
      return { value: [predicted, truth, share], label };
    });
  });
  const worst = Math.max(...cells.map(({ value }) => value[2]), Number.EPSILON);
  const axis = { type: 'category', data: [...labels], splitArea: { show: true }, axisTick: { show: false } };
  return renderSvg(
    {
      title: { text: title, left: 'center', textStyle: { fontSize: 15 } },
      grid: { left: MARGIN.left, right: MARGIN.right, top: MARGIN.top, bottom: MARGIN.bottom },
      xAxis: { ...axis, name: 'predicted', nameLocation: 'middle', nameGap: 32 },
      yAxis: { ...axis, name: 'true', nameLocation: 'middle', nameGap: 60, inverse: true },
      visualMap: { show: false, min: 0, max: worst, dimension: 2, inRange: { color: ['#f4f7fb', '#e8622c'] } },
      series: [{ type: 'heatmap', data: cells, itemStyle: { borderColor: '#ffffff', borderWidth: 1 } }],
    },
    {
      width: MARGIN.left + MARGIN.right + CELL * labels.length,
      height: MARGIN.top + MARGIN.bottom + CELL * labels.length,
    },
  );
}
