import type { EpochRecord } from '../checkpoint/index.js';
import { renderSvg } from './render-chart.js';

/**
 * Loss and accuracy by epoch, of the training pictures and of those that each epoch was scored on, as SVG.
 *
 * @param scored names the latter: validation or test
 */
export function trainingCurves(history: readonly EpochRecord[], title: string, scored: string): string {
  const epochs = history.map(({ epoch }) => String(epoch));
  const withValidation = history.some(({ validationLoss }) => validationLoss !== null);
  const axis = (index: number, name: string, format: string) => ({
    xAxis: { gridIndex: index, type: 'category', data: epochs, name: 'epoch', nameLocation: 'middle', nameGap: 28 },
    yAxis: { gridIndex: index, type: 'value', scale: true, name, axisLabel: { formatter: format } },
  });
  const lines = (index: number, training: keyof EpochRecord, validation: keyof EpochRecord, factor: number) => {
    const series = (name: string, key: keyof EpochRecord, color: string) => ({
      type: 'line',
      name,
      color,
      xAxisIndex: index,
      yAxisIndex: index,
      symbolSize: 5,
      data: history.map((record) => (record[key] === null ? null : record[key] * factor)),
    });
    const own = series('training', training, '#1f5fa8');
    return withValidation ? [own, series(scored, validation, '#c8501e')] : [own];
  };
  const loss = axis(0, 'loss', '{value}');
  const accuracy = axis(1, 'accuracy', '{value} %');
  return renderSvg(
    {
      title: { text: title, left: 'center', textStyle: { fontSize: 15 } },
      legend: { bottom: 4, data: withValidation ? ['training', scored] : ['training'] },
      grid: [
        { left: 60, width: 370, top: 70, bottom: 80 },
        { left: 510, width: 370, top: 70, bottom: 80 },
      ],
      xAxis: [loss.xAxis, accuracy.xAxis],
      yAxis: [loss.yAxis, accuracy.yAxis],
      series: [...lines(0, 'loss', 'validationLoss', 1), ...lines(1, 'accuracy', 'validationAccuracy', 100)],
    },
    { width: 920, height: 400 },
  );
}
