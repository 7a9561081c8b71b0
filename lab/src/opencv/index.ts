import { createRequire } from 'node:module';
import type { Picture } from '@inkcast/reader/vision';

export type OpenCv = typeof import('@techstark/opencv-js');
type Mat = InstanceType<OpenCv['Mat']>;

/** OpenCV itself, for comparisons with Inkcast's code. */
export async function openOpenCv(): Promise<OpenCv> {
  // Version 5 of the package exports a promise of the module that its types describe.
  return await createRequire(import.meta.url)('@techstark/opencv-js');
}

/** Runs `work` with a function that creates matrices, and frees the matrices afterwards. */
export function withMats<T>(cv: OpenCv, work: (mat: (picture?: Picture) => Mat) => T): T {
  const mats: Mat[] = [];
  try {
    return work((picture) => {
      const mat = picture === undefined ? new cv.Mat() : new cv.Mat(picture.height, picture.width, cv.CV_8UC1);
      mats.push(mat);
      if (picture !== undefined) mat.data.set(picture.bytes);
      return mat;
    });
  } finally {
    for (const mat of mats) mat.delete();
  }
}
