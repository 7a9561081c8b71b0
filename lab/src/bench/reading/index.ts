import type { DigitClassifier } from '@inkcast/reader/inference';
import { pictureAt, readMnistTest } from '@inkcast/training/data';
import { openReader, openShippedModel, type ReaderChoice } from '../../models/index.js';
import { inRepository } from '../../repository/index.js';
import { describeScore, type FolderScore, type Score, scoreFolder } from '../../score/index.js';
import type { Benchmark, Ratio } from '../benchmark.js';
import { scoreByTutorial } from './tutorial-reader.js';

/** MNIST's test pictures through TensorFlow Lite; `none` is an error. */
interface Mnist {
  readonly pictures: number;
  readonly accuracy: number;
  readonly readAsNone: number;
}

/** What tutorials build: their chain of vision, and LeNet trained on MNIST. */
interface Tutorial {
  readonly model: string;
  readonly mnist: Mnist;
  readonly scenes: Score;
}

interface Result {
  readonly model: string;
  readonly mnist: Mnist;
  /** By folder. */
  readonly folders: Readonly<Record<string, FolderScore>>;
  readonly tutorial: Tutorial;
}

const SCENES = inRepository('assets/scenes');
const SCENES_NAME = 'assets/scenes';
/** The shipped bundle of the tutorial's network. */
const TUTORIAL_MODEL = 'lenet';

/** @param words folders to score in addition to the sample scenes */
async function measure(words: readonly string[], choice: ReaderChoice): Promise<Result> {
  const { reader, models, model, close } = await openReader(choice);
  try {
    const mnist = await scoreMnist(models.classifier);
    const folders: Record<string, FolderScore> = { [SCENES_NAME]: await scoreFolder(SCENES, reader) };
    for (const folder of words) folders[folder] = await scoreFolder(folder, reader);
    return { model, mnist, folders, tutorial: await measureTutorial() };
  } finally {
    close();
  }
}

async function measureTutorial(): Promise<Tutorial> {
  const { reference, classifier } = await openShippedModel(TUTORIAL_MODEL);
  try {
    const { all } = await scoreByTutorial(SCENES, classifier);
    return { model: reference, mnist: await scoreMnist(classifier), scenes: all };
  } finally {
    classifier.close();
  }
}

async function scoreMnist(classifier: DigitClassifier): Promise<Mnist> {
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

function describe({ model, mnist, folders, tutorial }: Result): string[] {
  const rows = Object.entries(folders).flatMap(([folder, score]) => [
    `${folder}:`,
    ...describeScore(score).map((line) => `  ${line}`),
  ]);
  const percent = (share: number): string => `${(100 * share).toFixed(2)} %`;
  const { scenes } = tutorial;
  return [
    `${model}: ${percent(mnist.accuracy)} of MNIST's ${mnist.pictures} test pictures, ${mnist.readAsNone} read as none`,
    ...rows,
    `the tutorials' chain with ${tutorial.model}: ${percent(tutorial.mnist.accuracy)} of MNIST; ${SCENES_NAME}, without order:`,
    `  F1 ${percent(scenes.f1)}  precision ${percent(scenes.precision)}  recall ${percent(scenes.recall)}`,
  ];
}

function ratios({ mnist, folders, tutorial }: Result): Ratio[] {
  const peer = `the tutorials' chain with ${tutorial.model}`;
  return [
    {
      what: "errors on MNIST's test pictures",
      peer: tutorial.model,
      ratio: (1 - mnist.accuracy) / (1 - tutorial.mnist.accuracy),
    },
    {
      what: `errors on ${SCENES_NAME} (1 - F1)`,
      peer,
      ratio: (1 - folders[SCENES_NAME].photos.all.f1) / (1 - tutorial.scenes.f1),
    },
  ];
}

export const benchmark: Benchmark<Result> = { measure, describe, ratios };
