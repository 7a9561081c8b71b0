import type { EpochRecord } from '../checkpoint/index.js';

const COLUMNS = [
  'epoch',
  'step',
  'learningRate',
  'loss',
  'accuracy',
  'validationLoss',
  'validationAccuracy',
  'seconds',
  'imagesPerSecond',
] as const satisfies readonly (keyof EpochRecord)[];

/** A history as CSV with a header; an empty cell where there was no validation. */
export function formatHistoryCsv(history: readonly EpochRecord[]): string {
  const rows = history.map((record) => COLUMNS.map((column) => record[column] ?? ''));
  return `${[COLUMNS, ...rows].map((row) => row.join(',')).join('\n')}\n`;
}
