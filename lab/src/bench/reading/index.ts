import type { DigitClassifier } from '@inkcast/device/inference';
import { FrameReader } from '@inkcast/device/reading';
import { openOpenCvWasm } from '@inkcast/device/vision';
import { pictureAt, readMnistTest } from '@inkcast/training/data';
import { openReadingModel } from '../../models/index.js';
import { inRepository } from '../../repository/index.js';
import { type FolderScore, readFolder, type Score } from '../../score/index.js';
import type { Benchmark } from '../benchmark.js';

interface Result {
  readonly model: string;
  /** MNIST's test pictures through TensorFlow Lite; `none` is an error. */
  readonly mnist: { readonly pictures: number; readonly accuracy: number; readonly readAsNone: number };
  /** By folder. */
  readonly folders: Readonly<Record<string, FolderScore>>;
}

const SCENES = inRepository('assets/scenes');

/** @param words folders to score beside the project's own scenes */
async function measure(words: readonly string[]): Promise<Result> {
  const [operations, { classifier, reference }] = await Promise.all([openOpenCvWasm(), openReadingModel()]);
  try {
    const mnist = await scoreMnist(classifier);
    const reader = new FrameReader(operations, classifier);
    const folders: Record<string, FolderScore> = { 'assets/scenes': await readFolder(SCENES, reader) };
    for (const folder of words) folders[folder] = await readFolder(folder, reader);
    return { model: reference, mnist, folders };
  } finally {
    classifier.close();
  }
}

async function scoreMnist(classifier: DigitClassifier): Promise<Result['mnist']> {
  const test = await readMnistTest();
  let right = 0;
  let readAsNone = 0;
  test.labels.forEach((label, index) => {
    const [{ label: answer }] = classifier.classify([pictureAt(test, index)]);
    if (answer === String(label)) right++;
    else if (answer === 'none') readAsNone++;
  });
  return { pictures: test.labels.length, accuracy: right / test.labels.length, readAsNone };
}

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`.padStart(7);

function line(name: string, { pictures, digits, f1, precision, recall, exactPictures }: Score): string {
  const counts = `${String(pictures).padStart(4)} pictures ${String(digits).padStart(5)} digits`;
  const rates = `F1 ${percent(f1)}  precision ${percent(precision)}  recall ${percent(recall)}  exact ${percent(exactPictures)}`;
  return `  ${name.padEnd(18)}${counts}  ${rates}`;
}

function describe({ model, mnist, folders }: Result): string[] {
  const rows = Object.entries(folders).flatMap(([folder, { photos, negatives }]) => [
    `${folder}:`,
    line('all', photos.all),
    ...Object.entries(photos.tiers).map(([tier, score]) => line(`tier ${tier}`, score)),
    ...Object.entries(photos.writers).map(([writer, score]) => line(writer, score)),
    `  mean F1 over writers ${percent(photos.meanWriterF1)}`,
    ...(negatives === undefined
      ? []
      : [
          `  ${negatives.falseDigits} false digits in ${negatives.withDigits} of ${negatives.pictures} pictures without digits`,
        ]),
    ...photos.failures.map((failure) => `  ${failure}`),
  ]);
  const accuracy = `${(100 * mnist.accuracy).toFixed(2)} %`;
  return [
    `${model}: ${accuracy} of MNIST's ${mnist.pictures} test pictures, ${mnist.readAsNone} read as none`,
    ...rows,
  ];
}

export const benchmark: Benchmark<Result> = { measure, describe };
