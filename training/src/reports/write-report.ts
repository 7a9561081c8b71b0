import { join } from 'node:path';
import { percent } from '@inkcast/shared/cli';
import { replaceFile } from '@inkcast/shared/files';
import { confusionChart } from './confusion-chart.js';
import { svgToPng } from './render-chart.js';
import { type RunReport, reportPage } from './report-page.js';
import { trainingCurves } from './training-curves.js';

const PAGE_FILE = 'report.html';

/**
 * Writes the page of a run into `folder`, and its charts as SVG and PNG, for use in other documents.
 *
 * @returns the files that were written, the page first
 * @throws InkError INK_FILE_UNWRITABLE
 */
export async function writeReport(folder: string, report: RunReport): Promise<readonly string[]> {
  const { summary, history, scored } = report;
  const score = summary.test ?? summary.validation;
  const title = score === null ? summary.model : `${summary.model}: ${percent(score.accuracy)}`;
  const charts = new Map([['curves', trainingCurves(history, title, scored)]]);
  if (score !== null) charts.set('confusion', confusionChart(score.confusion, summary.labels, title));
  const page = join(folder, PAGE_FILE);
  await replaceFile(page, reportPage(report));
  const written = [page];
  for (const [name, svg] of charts) {
    const path = join(folder, name);
    await replaceFile(`${path}.svg`, svg);
    await replaceFile(`${path}.png`, await svgToPng(svg));
    written.push(`${path}.svg`, `${path}.png`);
  }
  return written;
}
