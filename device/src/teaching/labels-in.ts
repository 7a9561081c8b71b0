import { readdir, stat } from 'node:fs/promises';
import { basename, dirname, join, relative } from 'node:path';
import { InkError } from '@inkcast/shared/errors';
import { readWholeFile } from '@inkcast/shared/files';
import { type LabelledCrops, NONE } from '@inkcast/shared/teaching';
import { labelsOfFiles } from './exchange/index.js';
import { isHeldBack } from './held-back.js';
import { ownClassesOf } from './own-classes.js';
import { TeachingDatabase, teachingFile } from './teaching-database.js';

/**
 * The labels of a storage folder, whether its daemon runs or not.
 *
 * @throws InkError INK_STORAGE_UNAVAILABLE, INK_STORAGE_NEWER, INK_STORAGE_DAMAGED
 */
export async function storedLabels(folder: string): Promise<LabelledCrops> {
  const database = new TeachingDatabase(teachingFile(folder), () => {});
  try {
    const all = database.exists ? await database.call('labelled', undefined) : [];
    const own = await ownClassesOf(database);
    const crops = own === undefined ? all : all.filter(({ label }) => label === NONE || own.includes(label));
    return { classes: own === undefined ? classesOf(crops) : [...own, NONE], crops };
  } finally {
    await database.stop();
  }
}

/** Whether the page of a storage folder has classes that a model does not know. @throws InkError as `storedLabels` */
export async function teachesOthers(folder: string, labels: readonly string[]): Promise<boolean> {
  const database = new TeachingDatabase(teachingFile(folder), () => {});
  try {
    return (await ownClassesOf(database))?.some((name) => !labels.includes(name)) ?? false;
  } finally {
    await database.stop();
  }
}

/**
 * Labels as a device exports them, unpacked: a folder with one folder of crops per class, a folder with a pair of IDX files,
 * or the IDX file of the pictures.
 *
 * @throws InkError INK_FILE_UNREADABLE, INK_DATASET_INVALID, INK_IDX_INVALID
 */
export async function labelsIn(path: string): Promise<LabelledCrops> {
  const entry = await stat(path).catch((cause: unknown) => {
    throw new InkError('INK_FILE_UNREADABLE', `There is no file or folder ${path}.`, { cause });
  });
  const files = entry.isDirectory() ? await filesBelow(path) : await idxPairOf(path);
  const imported = await labelsOfFiles(files);
  const crops = imported.map(({ label, pixels, heldBack = undefined }, index) => ({
    id: `crop-${index + 1}`,
    label,
    pixels,
    heldBack: heldBack ?? isHeldBack(index),
    confirmed: false,
  }));
  return { classes: classesOf(crops), crops };
}

const classesOf = (crops: LabelledCrops['crops']): readonly string[] => [
  ...new Set([...crops.map(({ label }) => label), NONE]),
];

async function filesBelow(folder: string): Promise<ReadonlyMap<string, Uint8Array>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
  const files = new Map<string, Uint8Array>();
  for (const path of paths.sort()) files.set(relative(folder, path), await readWholeFile(path));
  return files;
}

async function idxPairOf(images: string): Promise<ReadonlyMap<string, Uint8Array>> {
  const name = basename(images);
  const labels = name.replace('images', 'labels').replace('idx3', 'idx1');
  return new Map([
    [name, await readWholeFile(images)],
    [labels, await readWholeFile(join(dirname(images), labels))],
  ]);
}
