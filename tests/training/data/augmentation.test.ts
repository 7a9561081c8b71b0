import assert from 'node:assert/strict';
import {
  type AugmentationStep,
  Augmenter,
  augmentationStepSchema,
  pictureAt,
  readMnistTest,
} from '@inkcast/training/data';
import fc from 'fast-check';

const size = { width: 28, height: 28 };
const parse = (step: object): AugmentationStep => augmentationStepSchema.parse(step);
const KINDS = ['rotation', 'zoom', 'shift', 'shear', 'elastic', 'strokeWidth', 'blur', 'noise', 'cutout'];

/** A soft blob with its centre at (x, y). */
function blob(x: number, y: number): Float32Array {
  return Float32Array.from({ length: 784 }, (_, at) => {
    const distance = Math.hypot((at % 28) - x, Math.floor(at / 28) - y);
    return Math.exp(-(distance ** 2) / 8);
  });
}

function centre(picture: Float32Array): { x: number; y: number; mass: number } {
  let [mass, x, y] = [0, 0, 0];
  picture.forEach((value, at) => {
    mass += value;
    x += value * (at % 28);
    y += value * Math.floor(at / 28);
  });
  return { x: x / mass, y: y / mass, mass };
}

/** What becomes of `picture` in so many draws. */
function draws(step: object, picture: Float32Array, count: number): Float32Array[] {
  const augmenter = new Augmenter([parse(step)], size, 7);
  return Array.from({ length: count }, (_, index) => {
    const copy = picture.slice();
    augmenter.augment(copy, 0, index);
    return copy;
  });
}

const spread = (values: readonly number[]) => [Math.min(...values), Math.max(...values)];

describe('augmentation', () => {
  it('depends on seed, epoch and place alone, and keeps ink within 0 and 1', async () => {
    const mnist = await readMnistTest();
    fc.assert(
      fc.property(
        fc.subarray(KINDS, { minLength: 1 }),
        fc.integer({ min: 0, max: 1e6 }),
        fc.nat(30),
        fc.nat(9999),
        (kinds, seed, epoch, index) => {
          const steps = kinds.map((kind) => parse({ kind }));
          const source = Float32Array.from(pictureAt(mnist, index), (value) => value / 255);
          const [once, again] = [source.slice(), source.slice()];
          new Augmenter(steps, size, seed).augment(once, epoch, index);
          const busy = new Augmenter(steps, size, seed);
          busy.augment(source.slice(), epoch + 1, 3);
          busy.augment(again, epoch, index);
          assert.deepEqual(once, again);
          assert.ok(once.every((value) => value >= 0 && value <= 1.000001));
        },
      ),
      { numRuns: 200 },
    );
  });

  for (const kind of KINDS) {
    it(`${kind} changes a picture, and leaves it alone with the probability asked for`, async () => {
      const mnist = await readMnistTest();
      const source = Float32Array.from(pictureAt(mnist, 0), (value) => 0.2 + value / 400);
      const changed = draws({ kind, probability: 0.3 }, source, 400).filter((picture) =>
        picture.some((value, at) => value !== source[at]),
      );
      assert.ok(changed.length > 80 && changed.length < 160, `${changed.length} of 400`);
    });
  }

  it('shifts by up to its share of the size, in both directions', () => {
    const centres = draws({ kind: 'shift', share: 0.1 }, blob(13.5, 13.5), 300).map(centre);
    for (const axis of ['x', 'y'] as const) {
      const [least, most] = spread(centres.map((found) => found[axis] - 13.5));
      assert.ok(least > -2.81 && least < -2.5, String(least));
      assert.ok(most < 2.81 && most > 2.5, String(most));
    }
  });

  it('rotates about the centre by up to its degrees', () => {
    const angles = draws({ kind: 'rotation', degrees: 10 }, blob(21.5, 13.5), 300).map((picture) => {
      const { x, y } = centre(picture);
      return (Math.atan2(y - 13.5, x - 13.5) * 180) / Math.PI;
    });
    const [least, most] = spread(angles);
    assert.ok(least > -10.2 && least < -9 && most < 10.2 && most > 9, `${least} to ${most}`);
  });

  it('zooms by up to its share', () => {
    const masses = draws({ kind: 'zoom', share: 0.1 }, blob(13.5, 13.5), 300).map((picture) => centre(picture).mass);
    const own = centre(blob(13.5, 13.5)).mass;
    const [least, most] = spread(masses.map((mass) => mass / own));
    assert.ok(least > 0.8 && least < 0.87 && most < 1.22 && most > 1.13, `${least} to ${most}`);
  });

  it('composes bends into one interpolation: a shift after a shift loses no more than one', () => {
    const source = blob(13.5, 13.5);
    const sharpest = (steps: object[]) => {
      const picture = source.slice();
      new Augmenter(steps.map(parse), size, 1).augment(picture, 0, 0);
      return Math.max(...picture);
    };
    const bend = { kind: 'rotation', degrees: 1 };
    const repeated = sharpest(new Array(12).fill(bend));
    // Twelve interpolations one after the other would leave less than nine tenths of the peak.
    assert.ok(repeated > 0.95 * sharpest([bend]), String(repeated));
  });

  it('is refused when a setting is not allowed', () => {
    assert.throws(() => parse({ kind: 'rotation', degrees: -1 }));
    assert.throws(() => parse({ kind: 'swirl' }));
    assert.throws(() => parse({ kind: 'rotation', angle: 3 }));
  });
});
