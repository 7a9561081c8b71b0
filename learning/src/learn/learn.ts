import { openBundle } from '@inkcast/shared/bundle';
import type { GateReport, LearnTask } from '@inkcast/shared/teaching';
import { writeBundle } from '@inkcast/training/bundle';
import type { Dataset } from '@inkcast/training/data';
import { type LessonOptions, teach } from '../lesson/index.js';
import { checkMemory } from './check-memory.js';
import { openNodeTools } from './node-tools.js';
import { readCrops } from './read-crops.js';

export interface LearnOptions extends LessonOptions {
  /** Free memory in bytes. */
  readonly freeMemory: number;
  /** MNIST's test pictures; undefined if the machine has none: then the replay set's are used. */
  readonly testPictures: () => Promise<Dataset | undefined>;
}

/** What came of it. The candidate is in the task's folder, also if it did not pass. */
export interface Learned {
  readonly report: GateReport;
  readonly name: string;
  readonly version: string;
}

/**
 * Makes a candidate of the files that a task names, see `teach`. The candidate is written at the end, and whole. Nothing is
 * left where the signal ends the work.
 *
 * @throws InkError INK_OUT_OF_MEMORY, what is wrong with the files, and as `teach`
 */
export async function learn(task: LearnTask, options: LearnOptions): Promise<Learned> {
  const { freeMemory, testPictures, ...lessonOptions } = options;
  checkMemory(freeMemory);
  const bundle = await openBundle(task.base);
  const { sha256: labelsSha256, ...labelled } = await readCrops(task.crops);
  const tools = openNodeTools();
  try {
    const { report, content } = await teach(
      tools,
      { ...task, bundle, labelled, labelsSha256, testPictures },
      lessonOptions,
    );
    await writeBundle(task.out, content);
    return { report, name: content.manifest.name, version: content.manifest.version };
  } finally {
    tools.close();
  }
}
