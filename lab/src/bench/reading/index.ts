import type { DigitClassifier } from '@inkcast/reader/inference';
import { pictureAt, readMnistTest } from '@inkcast/training/data';
import { openReader, type ReaderChoice } from '../../models/index.js';
import { inRepository } from '../../repository/index.js';
import { describeScore, type FolderScore, scoreFolder } from '../../score/index.js';
import type { Benchmark } from '../benchmark.js';

interface Result {
  readonly model: string;
  /** MNIST's test pictures through TensorFlow Lite; `none` is an error. */
  readonly mnist: { readonly pictures: number; readonly accuracy: number; readonly readAsNone: number };
  /** By folder. */
  readonly folders: Readonly<Record<string, FolderScore>>;
}

const SCENES = inRepository('assets/scenes');

/** @param words folders to score in addition to the sample scenes */
async function measure(words: readonly string[], choice: ReaderChoice): Promise<Result> {
  const { reader, models, model, close } = await openReader(choice);
  try {
    const mnist = await scoreMnist(models.classifier);
    const folders: Record<string, FolderScore> = { 'assets/scenes': await scoreFolder(SCENES, reader) };
    for (const folder of words) folders[folder] = await scoreFolder(folder, reader);
    return { model, mnist, folders };
  } finally {
    close();
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

function describe({ model, mnist, folders }: Result): string[] {
  const rows = Object.entries(folders).flatMap(([folder, score]) => [
    `${folder}:`,
    ...describeScore(score).map((line) => `  ${line}`),
  ]);
  const accuracy = `${(100 * mnist.accuracy).toFixed(2)} %`;
  return [
    `${model}: ${accuracy} of MNIST's ${mnist.pictures} test pictures, ${mnist.readAsNone} read as none`,
    ...rows,
  ];
}

export const benchmark: Benchmark<Result> = { measure, describe };
