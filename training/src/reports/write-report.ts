import { join } from 'node:path';
import { replaceFile } from '@inkcast/shared/files';
import type { EpochRecord } from '../checkpoint/index.js';
import { confusionChart } from './confusion-chart.js';
import { svgToPng } from './render-chart.js';
import { trainingCurves } from './training-curves.js';

export interface ReportContent {
  readonly title: string;
  readonly history: readonly EpochRecord[];
  readonly labels: readonly string[];
  /** Row true, column predicted; undefined where nothing was tested. */
  readonly confusion: readonly (readonly number[])[] | undefined;
}

/**
 * Writes the charts of a run as SVG and PNG into `folder`.
 *
 * @returns the files that were written
 * @throws InkError INK_FILE_UNWRITABLE
 */
export async function writeReport(folder: string, content: ReportContent): Promise<readonly string[]> {
  const { title, history, labels, confusion } = content;
  const charts = new Map([['curves', trainingCurves(history, title)]]);
  if (confusion !== undefined) charts.set('confusion', confusionChart(confusion, labels, title));
  const written: string[] = [];
  for (const [name, svg] of charts) {
    const path = join(folder, name);
    await replaceFile(`${path}.svg`, svg);
    await replaceFile(`${path}.png`, await svgToPng(svg));
    written.push(`${path}.svg`, `${path}.png`);
  }
  return written;
}
