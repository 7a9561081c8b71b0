import type { InkError } from '@inkcast/shared/errors';
import { openVision, type VisionChoice } from '../../vision/index.js';
import type { Check } from '../check.js';

const SIDE = 32;

/** Checks that OpenCV loads and computes. */
export function openCvCheck(choice: VisionChoice): Check {
  return {
    name: 'opencv',
    run: async () => {
      let refusal: InkError | undefined;
      const operations = await openVision(choice, (error) => {
        refusal = error;
      });
      operations.inScope((scope) => scope.bytes(scope.blur(scope.plane(SIDE, SIDE, new Uint8Array(SIDE * SIDE)), 3)));
      if (refusal !== undefined) return { status: 'warning', detail: refusal.message, remedy: refusal.remedy };
      return { status: 'ok', detail: `The ${operations.build} build works.` };
    },
  };
}
