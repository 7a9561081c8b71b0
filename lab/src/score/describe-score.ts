import type { FolderScore } from './score-folder.js';
import type { Score } from './score-pictures.js';
import type { Stability, StabilityScore } from './stability.js';

/** A folder's score as text: all pictures, tiers, writers, negatives, and the pictures that were not read exactly. */
export function describeScore({ photos, negatives }: FolderScore): string[] {
  return [
    line('all', photos.all),
    ...Object.entries(photos.tiers).map(([tier, score]) => line(`tier ${tier}`, score)),
    ...Object.entries(photos.writers).map(([writer, score]) => line(writer, score)),
    `mean F1 over writers ${percent(photos.meanWriterF1)}`,
    ...(negatives === undefined
      ? []
      : [
          `${negatives.falseDigits} false digits in ${negatives.withDigits} of ${negatives.pictures} pictures without digits`,
        ]),
    ...photos.failures,
    ...(negatives?.failures ?? []),
  ];
}

/** The share of altered copies with the same reading as their picture, for each alteration. */
export function describeStability({ photos, negatives }: Stability): string[] {
  return [
    ...describeCopies('photographs', photos),
    ...(negatives === undefined ? [] : describeCopies('pictures without digits', negatives)),
  ];
}

function describeCopies(what: string, { copies, same, alterations }: StabilityScore): string[] {
  return [
    `${same} of ${copies} altered copies of ${what} (${percent(same / Math.max(1, copies)).trim()}) read as the original`,
    ...Object.entries(alterations).map(([name, share]) => `  ${name.padEnd(18)}${percent(share)}`),
  ];
}

function line(name: string, { pictures, digits, f1, precision, recall, exactPictures }: Score): string {
  const counts = `${String(pictures).padStart(4)} pictures ${String(digits).padStart(5)} digits`;
  const rates = `F1 ${percent(f1)}  precision ${percent(precision)}  recall ${percent(recall)}  exact ${percent(exactPictures)}`;
  return `${name.padEnd(18)}${counts}  ${rates}`;
}

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`.padStart(7);
