import { InkError } from '@inkcast/shared/errors';
import { readWholeFile, sha256 } from '@inkcast/shared/files';
import { decodeFrames } from './frame-file.js';

/** A summary of a file of frames. */
export interface FrameFile {
  readonly file: string;
  readonly sha256: string;
  /** Frames of each kind. */
  readonly kinds: Readonly<Record<string, number>>;
}

/**
 * Checks files of frames before the work begins, one at a time.
 *
 * @throws InkError INK_FILE_UNREADABLE; INK_DATASET_INVALID if a file contains no frame
 */
export async function checkFrameFiles(paths: readonly string[]): Promise<FrameFile[]> {
  const files: FrameFile[] = [];
  for (const file of paths) {
    const bytes = await readWholeFile(file);
    const kinds: Record<string, number> = {};
    for (const { kind } of decodeFrames(bytes, file)) kinds[kind] = (kinds[kind] ?? 0) + 1;
    if (Object.keys(kinds).length === 0) throw new InkError('INK_DATASET_INVALID', `${file} holds no frame.`);
    files.push({ file, sha256: sha256(bytes), kinds });
  }
  return files;
}

/** Frames of some kinds. */
export const countOf = (files: readonly FrameFile[], isMeant: (kind: string) => boolean): number =>
  files
    .flatMap(({ kinds }) => Object.entries(kinds))
    .reduce((sum, [kind, count]) => sum + (isMeant(kind) ? count : 0), 0);
