import assert from 'node:assert/strict';
import { CUT_SIDE, sampleCut, TARGET_VALUES } from '@inkcast/lab/fit';
import { SPOT_CLASSES } from '@inkcast/shared/spots';
import { Random } from '@inkcast/training/random';
import fc from 'fast-check';
import { markOf, noise } from './support/frame.js';

const hasCentre = (targets: Float32Array): boolean =>
  targets.some((value, at) => at % TARGET_VALUES < SPOT_CLASSES && value === 1);

describe('a cut to learn from', () => {
  const frame = noise(200, 150, [markOf('5', 90, 60, 18, 26)]);
  const other = noise(120, 160, [], 2);

  it('is the same for the same seed, another one for another, and never beyond black and white', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e6 }), (seed) => {
        const cut = sampleCut(frame, other, new Random(seed));
        assert.deepEqual(sampleCut(frame, other, new Random(seed)), cut);
        assert.notDeepEqual(sampleCut(frame, other, new Random(seed + 1)).luma, cut.luma);
        assert.equal(cut.luma.length, CUT_SIDE ** 2);
        assert.ok(cut.luma.every((value) => value >= 0 && value <= 1));
      }),
      { numRuns: 30 },
    );
  });

  it('mostly shows a digit of a frame that has one', () => {
    const random = new Random(3);
    const cuts = Array.from({ length: 40 }, () => sampleCut(frame, other, random));
    const shown = cuts.filter(({ targets }) => hasCentre(targets)).length;
    assert.ok(shown > 20, `${shown} of 40`);
  });

  it('of a frame without digits mostly shows letters that look like one, as large as digits are', () => {
    const bright = (luma: Float32Array): number => luma.filter((value) => value > 0.9).length / luma.length;
    const letter = { ...markOf('o', 300, 200, 8, 8), inWord: true };
    const gray = new Uint8Array(640 * 480);
    for (let y = 200; y < 208; y++) gray.fill(255, y * 640 + 300, y * 640 + 308);
    const shownOf = (marks: (typeof letter)[]): number => {
      const random = new Random(4);
      const page = { width: 640, height: 480, kind: 'print', marks, gray };
      const cuts = Array.from({ length: 60 }, () => sampleCut(page, other, random));
      return cuts.filter(({ luma }) => bright(luma) > 0.005 && bright(luma) < 0.2).length;
    };
    const [withLetter, without] = [shownOf([letter]), shownOf([])];
    assert.ok(withLetter > 2 * without, `${withLetter} and ${without}`);
  });
});
