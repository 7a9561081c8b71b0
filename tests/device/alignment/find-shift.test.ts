import assert from 'node:assert/strict';
import { findShift, fixedWeights, gradientsOf, type Shift, type WeightedPicture } from '@inkcast/device/alignment';
import { READER_NUMBERS } from '@inkcast/reader/numbers';
import type { LumaFrame, ViewArea } from '@inkcast/reader/vision';
import { COVERS, LIGHTS, type Scene, scenes, view } from './support/scenes.js';

const { alignmentMinScore, alignmentMinLead } = READER_NUMBERS;
const SHIFTS = [
  { dx: 7, dy: -3 },
  { dx: -23, dy: 11 },
  { dx: -64, dy: -64 },
];

function referenceOf(frame: LumaFrame, areas: readonly ViewArea[] = []): WeightedPicture {
  const picture = gradientsOf(frame);
  return { picture, weights: fixedWeights(picture, areas) };
}

/** Every other one, and the others for the next scene: each is tried on half of the scenes. */
const someOf = <T>(named: Readonly<Record<string, T>>, index: number): [string, T][] =>
  Object.entries(named).filter((_, at) => (at + index) % 2 === 0);

const isKnown = ({ score, lead }: Shift): boolean => score >= alignmentMinScore.value && lead >= alignmentMinLead.value;
const errorOf = (shift: Shift, { dx, dy }: { dx: number; dy: number }): number =>
  Math.hypot(shift.dx - dx, shift.dy - dy);

describe('finding a shift', function () {
  this.timeout(60_000);
  let all: readonly Scene[];

  before(async () => {
    all = await scenes();
  });

  it('is right within two pixels on every sample scene, small or large, and sure of itself', () => {
    for (const { name, frame } of all) {
      const reference = referenceOf(view(frame));
      for (const [seed, by] of SHIFTS.entries()) {
        const shift = findShift(reference, gradientsOf(view(frame, { ...by, seed: seed + 2 })));
        assert.ok(errorOf(shift, by) < 2, `${name} by ${by.dx}, ${by.dy}: ${shift.dx}, ${shift.dy}`);
        assert.ok(isKnown(shift), `${name} by ${by.dx}, ${by.dy}: score ${shift.score}, lead ${shift.lead}`);
      }
    }
  });

  it('finds none where only the light has changed', () => {
    for (const [index, { name, frame }] of all.entries()) {
      const reference = referenceOf(view(frame));
      for (const [what, light] of someOf(LIGHTS, index)) {
        const shift = findShift(reference, gradientsOf(view(frame, { light, seed: 7 })));
        assert.ok(errorOf(shift, { dx: 0, dy: 0 }) < 1, `${name}, light ${what}: ${shift.dx}, ${shift.dy}`);
        assert.ok(isKnown(shift), `${name}, light ${what}: score ${shift.score}, lead ${shift.lead}`);
      }
    }
  });

  it('does not take a covered lens, or another scene, for the same view', () => {
    for (const [index, { name, frame }] of all.entries()) {
      const reference = referenceOf(view(frame));
      for (const [what, light] of someOf(COVERS, index)) {
        const { score } = findShift(reference, gradientsOf(view(frame, { light, seed: 7 })));
        assert.ok(score < 0.8 * alignmentMinScore.value, `${name}, ${what}: ${score}`);
      }
      const other = all[(index + 4) % all.length];
      const { score } = findShift(reference, gradientsOf(view(other.frame, { seed: 7 })));
      assert.ok(score < 0.8 * alignmentMinScore.value, `${name}, ${other.name}: ${score}`);
    }
  });

  it('is not misled by what changes inside of the regions', () => {
    const { frame } = all[0];
    const regionOfInterest = { x: 0.1, y: 0.2, width: 0.7, height: 0.5 };
    const reference = referenceOf(view(frame), [{ regionOfInterest }]);
    // All writing is wiped away, and stripes stand in its place, which move by themselves.
    const written = view(frame, { dx: 9, dy: 6, seed: 3 });
    for (let y = 0.22 * written.height; y < 0.7 * written.height; y++) {
      const row = Math.floor(y) * written.width;
      for (let x = Math.ceil(0.12 * written.width); x < 0.8 * written.width; x++) {
        written.gray[row + x] = x % 24 < 8 ? 30 : 200;
      }
    }
    const shift = findShift(reference, gradientsOf(written));
    assert.ok(errorOf(shift, { dx: 9, dy: 6 }) < 2, `${shift.dx}, ${shift.dy}`);
  });

  it('says so where nothing in view tells how far it has moved', () => {
    const shade = (luma: number): Uint8Array =>
      Uint8Array.from({ length: 500 * 340 }, (_, at) => luma + 0.05 * (at % 500) + 0.03 * Math.floor(at / 500));
    const wall = { width: 500, height: 340, gray: shade(120) };
    const { lead } = findShift(referenceOf(wall), gradientsOf({ ...wall, gray: shade(125) }));
    assert.ok(lead < alignmentMinLead.value, String(lead));
  });
});
