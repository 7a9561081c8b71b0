import type { Candidate, InkProposals } from './candidate.js';
import { mapInk } from './ink-map.js';
import { openLevel, SHORTEST_LEVEL } from './level.js';
import type { InkObserver } from './objection.js';
import type { VisionOperations } from './operations.js';
import { FINEST_SCALE, proposeLevel } from './propose-level.js';

/** A frame as the proposer takes it: luma, row-major. */
export interface LumaFrame {
  readonly width: number;
  readonly height: number;
  readonly gray: Uint8Array;
}

/**
 * Proposes what may be a digit in a frame: pieces of ink, joined and cut pieces too, over a pyramid of scales, so that
 * the square that paper is looked for in follows the width of the strokes. Nothing native outlives the call.
 *
 * @param observer told what is searched and left out, also while proposals are derived and examined
 */
export function proposeInk(operations: VisionOperations, frame: LumaFrame, observer?: InkObserver): InkProposals {
  const { kernels } = operations;
  const levels = operations.inScope((scope) => {
    const found: InkProposals[] = [];
    let plane = scope.plane(frame.width, frame.height, frame.gray);
    for (let scale = 1; scale === 1 || Math.max(plane.width, plane.height) >= SHORTEST_LEVEL; scale *= 2) {
      const level = openLevel(scope, kernels, plane, scale);
      for (const polarity of ['dark', 'light'] as const) {
        if (scale < FINEST_SCALE[polarity]) continue;
        const map = mapInk(scope, kernels, level, polarity);
        observer?.searched(map);
        found.push(proposeLevel(map, observer));
      }
      plane = scope.resize(plane, Math.ceil(plane.width / 2), Math.ceil(plane.height / 2));
    }
    return found;
  });
  return {
    pieces: levels.flatMap(({ pieces }) => pieces),
    derive: (settled) => levels.flatMap((level) => level.derive(settled)),
  };
}

/** All proposals that have paper around them, whatever the others explain. */
export function proposeCandidates(operations: VisionOperations, frame: LumaFrame): Candidate[] {
  const { pieces, derive } = proposeInk(operations, frame);
  return [...pieces, ...derive(new Set())].flatMap((proposal) => proposal.examine() ?? []);
}
